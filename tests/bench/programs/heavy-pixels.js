// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// CPU-heavy as image processing is: a picture of 96 x 64 pixels is blurred and brightened, with a function for each pixel; a callback a round.
'use strict';
const width = 96;
const height = 64;
const picture = new Uint8Array(width * height).map((_, i) => (i * 31) % 251);

function blurred(from, x, y) {
  let sum = 0;
  for (let dy = -1; dy <= 1; ++dy)
    for (let dx = -1; dx <= 1; ++dx) sum += from[(y + dy) * width + x + dx];
  return sum / 9;
}
function filter(from) {
  const to = new Uint8Array(width * height);
  for (let y = 1; y < height - 1; ++y)
    for (let x = 1; x < width - 1; ++x) to[y * width + x] = Math.min(255, blurred(from, x, y) * 1.1);
  return to;
}
let left = Number(process.argv[2]);
let current = picture;
setImmediate(function round() {
  current = filter(current);
  if (--left > 0) setImmediate(round);
  else console.log(current[width + 1]);
});
