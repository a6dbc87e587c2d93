// Somebody who lets others go first
let left = 10;

function oneMore() {
  const end = Date.now() + 2;
  while (Date.now() < end) {
    // 2 ms of work
  }

  left -= 1;
  if (left > 0) setImmediate(oneMore);
  else console.log('that was all');
}

setTimeout(function phone() { console.log('the phone is answered'); }, 1);

oneMore();
console.log('end of the script');
