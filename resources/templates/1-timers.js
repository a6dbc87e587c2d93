// Timers: one shot, repeated, cancelled
// Try: change a delay to 0, or block the loop with a long calculation before the timers are due.

setTimeout(function once() {
  console.log('once, after 10 ms');
}, 10);

let ticks = 0;
const clock = setInterval(function tick() {
  ticks += 1;
  console.log('tick', ticks);
  if (ticks === 3) clearInterval(clock);
}, 25);

const never = setTimeout(function neverRuns() {
  console.log('this is cancelled before it is due');
}, 5);
clearTimeout(never);
