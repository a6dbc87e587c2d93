// A clock that loses time
function work(ms) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    // every beat has a little more to do
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
