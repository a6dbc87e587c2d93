// A drummer, and a speech that nobody may interrupt
let beats = 0;

const drum = setInterval(function beat() { beats += 1; }, 20);

setTimeout(function speech() {
  const end = Date.now() + 90;
  while (Date.now() < end) {
    // 90 ms of speech: from 30 ms to 120 ms
  }
  beats = 0;
  console.log('the speech is over');
}, 30);

setTimeout(function stop() {
  clearInterval(drum);
  console.log('beats right behind the speech:', beats);
}, 130);
