// A row at a time, with an await after each
const width = 150;
const height = 100;
const picture = Uint8Array.from({ length: width * height }, (_, i) => (i * i) % 251);

function blurRow(from, to, y) {
  for (let x = 0; x < width; x++) {
    let sum = 0;
    let count = 0;
    for (let v = Math.max(y - 5, 0); v <= Math.min(y + 5, height - 1); v++) {
      for (let u = Math.max(x - 5, 0); u <= Math.min(x + 5, width - 1); u++) {
        sum += from[v * width + u];
        count += 1;
      }
    }
    to[y * width + x] = sum / count;
  }
}

function checksum(pixels) {
  return pixels.reduce((sum, pixel) => (sum * 31 + pixel) % 65521, 7);
}

async function blur(from) {
  const to = new Uint8Array(from.length);
  for (let y = 0; y < height; y++) {
    blurRow(from, to, y);
    await null; // let others run
  }
  return to;
}

let beats = 0;

setTimeout(async function work() {
  const heart = setInterval(function beat() { beats += 1; }, 5);
  const blurred = await blur(picture);
  console.log('blurred:', checksum(blurred));
  console.log('heartbeats meanwhile:', beats > 0 ? 'some' : 'none');
  clearInterval(heart);
}, 1);
