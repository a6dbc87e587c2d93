// Five rows, then a turn of the loop
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

function turn() {
  return new Promise(function wait(resolve) { setImmediate(resolve); });
}

async function blur(from) {
  const to = new Uint8Array(from.length);
  for (let y = 0; y < height; y++) {
    blurRow(from, to, y);
    if (y % 5 === 4) await turn();
  }
  return to;
}

const heart = setInterval(function beat() {}, 5);

setTimeout(async function work() {
  console.log('blurred:', checksum(await blur(picture)));
  clearInterval(heart);
}, 1);
