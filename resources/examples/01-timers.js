// Timers: due time first, then the order of setting
// Two timers of the same delay share a list and run in the order in which they were set. An interval is armed again when its callback
// has ended.
setTimeout(function slow() { console.log('slow: 30 ms'); }, 30);
setTimeout(function first() { console.log('first: 10 ms'); }, 10);
setTimeout(function second() { console.log('second: 10 ms'); }, 10);

let beats = 0;
const heart = setInterval(function beat() {
  beats += 1;
  console.log('beat', beats);
  if (beats === 3) clearInterval(heart);
}, 8);

const never = setTimeout(function cancelled() { console.log('never printed'); }, 20);
clearTimeout(never);
console.log('end of script');
