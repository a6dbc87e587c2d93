setTimeout(function timer() {
  console.log('timer');
}, 0);

queueMicrotask(function answer() {
  console.log('answer');
});

console.log('end of the script');
