// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// readline on what calls itself a terminal: keys, editing, history, completion, and what is written to the screen for them.
'use strict';
const readline = require('readline');
const { PassThrough, Writable } = require('stream');

process.env.TERM = 'xterm';
const screen = [];
const output = new Writable({ write(chunk, encoding, done) { screen.push(chunk.toString()); done(); } });
output.columns = 24;
output.isTTY = true;
const input = new PassThrough();
const words = ['help', 'hello', 'history'];
const rl = readline.createInterface({
  input, output, prompt: 'ask> ', historySize: 5, removeHistoryDuplicates: true, completer: (line) => [words.filter((word) => word.startsWith(line)), line],
});
rl.on('line', (line) => screen.push(`line ${line}`));
rl.on('history', (history) => screen.push(`history ${history.length}`));
rl.on('SIGINT', () => screen.push('interrupted'));
rl.on('close', () => {
  for (const part of screen) console.log(JSON.stringify(part));
  console.log(rl.history, rl.terminal, rl.cursor, rl.getPrompt(), rl.closed);
});
input.on('keypress', (text, key) => screen.push(`key ${JSON.stringify(text)} ${key.name} ${key.code} ${key.ctrl}${key.meta}${key.shift}`));
rl.prompt();

const keys = [
  'h', 'e', 'l', '\t', '\t', 'o', '\u0001', 'X', '\u0005', '\u007f', '\u001b[D', '\u001bb', 'Y', '\u001bf', '\r', 'a line that is too long for one row of it\n', '\u001b[A', '\u001b[A',
  '\u001b[B', '\u0015', '\u0019', '\u0017', 'ab cd', '\u001b[1;5D', '\u000b', '\u001f', '\u001e', '\u001b[3~', '日本', '\b', '\u001bOH', '\u001b[4~', '\u001b[24;5~', '\u001b\u001b[A',
  '\u0003', '\u001bd', '\u001b[Z', '\u001bOa', '\u001b[200~', '\u000c', '\u0010', '\u000e', '\r', 'pasted\nlines\nrest', '\r', 'pasted\r', '\u0004',
];
let next = 0;
(function press() {
  if (next === keys.length) return;
  input.write(keys[next++]);
  setImmediate(press);
})();
