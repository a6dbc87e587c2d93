// A clock that loses time: each beat is set when the one before it has done its work
function work(ms) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    // every beat has more to do than the one before it
  }
}

let beats = 0;

function beat() {
  beats += 1;
  console.log('beat', beats);
  work(beats);
  if (beats < 10) setTimeout(beat, 20);
}

setTimeout(beat, 20);
