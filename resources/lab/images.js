// Image processing
// Every request blurs a picture: computing, and nothing else. While blur() runs on the loop, nobody else is served. It takes all that
// it needs as arguments and its result is awaited, so that it can just as well run in a worker thread.
const http = require('http');

const width = 96;
const height = 64;

/// Rings and stripes, 3 bytes a pixel.
function paint() {
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const ring = Math.sqrt((x - width / 2) ** 2 + (y - height / 2) ** 2);
      pixels[at] = Math.floor(ring / 6) % 2 ? 230 : 40;
      pixels[at + 1] = (x * 3) % 256;
      pixels[at + 2] = Math.floor(y / 8) % 2 ? 200 : 90;
    }
  }
  return pixels;
}

/// A box blur: each pixel becomes the mean of the square around it. In two passes, rows and then columns, each with a sum that moves along.
function blur(pixels, columns, rows, radius) {
  function pass(from, lines, length, lineStep, step) {
    const to = new Uint8Array(from.length);
    for (let line = 0; line < lines; line++) {
      for (let channel = 0; channel < 3; channel++) {
        const start = line * lineStep + channel;
        let sum = 0;
        for (let i = -radius; i <= radius; i++) sum += from[start + Math.min(Math.max(i, 0), length - 1) * step];
        for (let i = 0; i < length; i++) {
          to[start + i * step] = Math.round(sum / (2 * radius + 1));
          sum += from[start + Math.min(i + radius + 1, length - 1) * step] - from[start + Math.max(i - radius, 0) * step];
        }
      }
    }
    return to;
  }
  return pass(pass(pixels, rows, columns, columns * 3, 3), columns, rows, 3, columns * 3);
}

/// A bitmap file (BMP, 24 bits a pixel).
function bitmap(pixels) {
  const file = Buffer.alloc(54 + pixels.length);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(-height, 22); // negative: from above
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  file.set(pixels, 54);
  return file;
}

const picture = paint();

const server = http.createServer(async function serve(request, response) {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname !== '/blur') return response.writeHead(404).end();
  const radius = Math.min(Math.max(Number(url.searchParams.get('radius')) || 3, 1), 20);
  const blurred = await blur(picture, width, height, radius);
  response.writeHead(200, { 'content-type': 'image/bmp' });
  response.end(bitmap(blurred));
});

server.listen(process.env.PORT || 8080, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
