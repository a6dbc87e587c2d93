// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Functions that call each other by chance, the same every time, up to 40 deep: a call tree with very many nodes, and calls of all lengths.
const rounds = Number(process.argv[2] || 1e9);
let seed = 1;
const chance = (n) => (seed = (seed * 48271) % 2147483647) % n;
let sum = 0;
function work(depth) {
  for (let n = chance(30); n > 0; --n) sum = (sum * 31 + n) % 65521;
  if (depth > 0) for (let n = chance(3); n > 0; --n) callees[chance(callees.length)](depth - 1);
}
function parse(depth) { work(depth); }
function route(depth) { work(depth); }
function validate(depth) { work(depth); }
function load(depth) { work(depth); }
function join(depth) { work(depth); }
function render(depth) { work(depth); }
function escape(depth) { work(depth); }
function log(depth) { work(depth); }
const callees = [parse, route, validate, load, join, render, escape, log];

let round = 0;
function turn() {
  callees[chance(callees.length)](40);
  if (++round < rounds) chance(2) === 0 ? setImmediate(turn) : setTimeout(turn, chance(3));
}
for (let i = 0; i < 4; ++i) turn();
