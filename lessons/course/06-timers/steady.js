// A clock that keeps its time: each beat is set for a time of its own, counted from the start
function work() {
  const end = Date.now() + 5;
  while (Date.now() < end) {
    // 5 ms of work in every beat
  }
}

const start = Date.now();
let beats = 0;

function beat() {
  work();
  beats += 1;
  console.log('beat', beats);
  const next = start + (beats + 1) * 20;
  if (beats < 10) setTimeout(beat, next - Date.now());
}

setTimeout(beat, 20);
