// Somebody who always has one more little thing
let left = 300;

function oneMore() {
  let effort = 0;
  while (effort < 2500) effort += 1;

  left -= 1;
  if (left > 0) process.nextTick(oneMore);
  else console.log('that was all');
}

setTimeout(function phone() { console.log('the phone is answered'); }, 1);

oneMore();
console.log('end of the script');
