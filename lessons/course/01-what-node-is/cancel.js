// What keeps a program alive?
const bell = setTimeout(function ring() {
  console.log('the bell rings');
}, 60 * 60 * 1000);

setTimeout(function changeOfMind() {
  clearTimeout(bell);
  console.log('never mind the bell');
}, 10);

process.on('exit', function leave() {
  console.log('nothing is left to wait for');
});

console.log('the bell is set for in an hour');
