// A clock that loses time: each beat is set when the one before it has ended
function work() {
  const end = Date.now() + 5;
  while (Date.now() < end) {
    // 5 ms of work in every beat
  }
}

let beats = 0;

function beat() {
  work();
  beats += 1;
  console.log('beat', beats);
  if (beats < 10) setTimeout(beat, 20);
}

setTimeout(beat, 20);
