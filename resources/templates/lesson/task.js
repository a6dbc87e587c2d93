setTimeout(function timer() {
  console.log('timer');
}, 0);

setTimeout(function answer() {
  console.log('answer');
}, 5);

console.log('end of the script');
