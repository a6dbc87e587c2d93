// A clock that keeps its time: each beat is set for a time of its own, counted from the start
function work(ms) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    // every beat has more to do than the one before it
  }
}

const start = Date.now();
let beats = 0;

function beat() {
  beats += 1;
  console.log('beat', beats);
  work(beats);
  const next = start + (beats + 1) * 20;
  if (beats < 10) setTimeout(beat, next - Date.now());
}

setTimeout(beat, 20);
