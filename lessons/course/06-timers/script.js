// Who sets off first?
setTimeout(function tortoise() { console.log('tortoise: 200 ms'); }, 200);
setTimeout(function dog() { console.log('dog: 100 ms'); }, 100);
setTimeout(function cat() { console.log('cat: 1 ms'); }, 1);
setTimeout(function hare() { console.log('hare: 0 ms'); }, 0);
console.log('ready, steady, go');
