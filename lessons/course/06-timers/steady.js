// A clock that keeps its time, counted from the start
function work(ms) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    // every beat has a little more to do
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
