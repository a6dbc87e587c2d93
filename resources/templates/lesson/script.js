// What the lesson is about. Use named functions: their names are what the views show.
setTimeout(function later() {
  console.log('timer');
}, 0);

Promise.resolve().then(function soon() {
  console.log('promise');
});

console.log('end of the script');
