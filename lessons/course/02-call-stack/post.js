// An error that is caught halfway
function deliver(letter) {
  if (letter === 'torn') throw new Error('a torn letter');
  console.log('delivered a', letter, 'letter');
}

function walk() {
  try {
    deliver('torn');
    deliver('thick');
  } catch (error) {
    console.log('put aside', error.message);
  }
  deliver('thin');
}

function postman() {
  try {
    walk();
    console.log('the walk is done');
  } catch (error) {
    console.log('no post today, because of', error.message);
  }
}

postman();
