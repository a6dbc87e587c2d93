// A promise that is kept at once
console.log('before');

const promise = new Promise(function executor(resolve) {
  console.log('in the executor');
  resolve('kept');
  console.log('still in the executor');
});

promise.then(function hear(value) {
  console.log('the promise is', value);
});

console.log('after');
