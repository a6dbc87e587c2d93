// A drummer who misses some beats: 200 ms, a beat every 20 ms
let beats = 0;

const drum = setInterval(function beat() {
  beats += 1;
  if (beats === 2) {
    const end = Date.now() + 90;
    while (Date.now() < end) {
      // in the second beat he dreams for 90 ms
    }
    console.log('he wakes up');
  }
}, 20);

setTimeout(function stop() {
  clearInterval(drum);
  console.log(beats >= 9 ? 'all beats were played' : 'some beats are missing');
}, 210);
