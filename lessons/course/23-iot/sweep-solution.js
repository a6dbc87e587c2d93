// When each device was heard last, in seconds, by its number
const devices = new Map();
for (let number = 0; number < 100000; number++)
  devices.set(number, { heard: number % 1000 });

const slice = 2000; // devices in one callback

function sweep() {
  const now = 1000;
  const all = devices.values(); // knows how far we are
  let silent = 0;
  let lost = 0;

  function sweepSlice() {
    for (let i = 0; i < slice; i++) {
      const { value: device, done } = all.next();
      if (done) {
        console.log(`silent: ${silent}, lost: ${lost}`);
        return;
      }
      const seconds = now - device.heard;
      if (seconds > 600) silent++;
      if (seconds > 900) lost++;
    }
    setImmediate(sweepSlice);
  }

  sweepSlice();
}

setTimeout(sweep, 100);
setTimeout(function alarm() {
  console.log('alarm');
}, 101);
