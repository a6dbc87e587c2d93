// An error goes down the stack until somebody catches it
function crack(egg) {
  if (egg === 'bad') throw new Error('a bad egg');
  console.log('cracked a', egg, 'egg');
}

function omelette() {
  crack('good');
  crack('bad');
  console.log('omelette');
}

function cook() {
  try {
    omelette();
    console.log('served');
  } catch (error) {
    console.log('bread then, because of', error.message);
  }
  console.log('the kitchen closes');
}

cook();
