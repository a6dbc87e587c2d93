// A blocking loop makes everybody wait
// While JavaScript runs, nothing else does: the timer is due after 10 ms, and 80 ms later it still waits.
const start = Date.now();

setTimeout(function onTime() {
  console.log(`due after 10 ms, ran after ${Date.now() - start} ms`);
}, 10);

function block(ms) {
  const end = Date.now() + ms;
  while (Date.now() < end);
}

setImmediate(function busy() {
  block(80);
  console.log('blocked for 80 ms');
});
