// When each device was heard last, in seconds, by its number
const devices = new Map();
for (let number = 0; number < 100000; number++)
  devices.set(number, { heard: number % 1000 });

async function sweep() {
  const now = 1000;
  let silent = 0;
  let lost = 0;
  for (const [number, device] of devices) {
    const seconds = now - device.heard;
    if (seconds > 600) silent++;
    if (seconds > 900) lost++;
    if (number % 2000 === 0) await null; // let others have a turn
  }
  console.log(`silent: ${silent}, lost: ${lost}`);
}

setTimeout(sweep, 100);
setTimeout(function alarm() {
  console.log('alarm');
}, 101);
