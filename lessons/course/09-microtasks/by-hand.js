// A promise that is kept by hand
let keep;

const promise = new Promise(function executor(resolve) {
  keep = resolve;
  console.log('the promise is made');
});

promise.then(function hear(value) {
  console.log('the promise is', value);
});

console.log('somebody waits for it');
keep('kept');
console.log('the hand rests');
