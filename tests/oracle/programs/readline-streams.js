// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// readline on streams: line endings, questions, iteration, control sequences, promises, and errors.
'use strict';
const readline = require('readline');
const { PassThrough, Readable } = require('stream');

const attempt = async (call) => {
  try {
    console.log(await call());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
};

const rl = readline.createInterface({ input: Readable.from(['a\nb\r', '\nc\r\nd\u2028e', 'f\n\n']), crlfDelay: Infinity });
rl.on('line', (line) => console.log('line', JSON.stringify(line))).on('pause', () => console.log('pause')).on('close', () => {
  console.log('close');
  rest();
});

async function rest() {
  const lines = readline.createInterface({ input: Readable.from(['x\ny\nz']) });
  for await (const line of lines) console.log('iterated', line);
  const input = new PassThrough();
  const asking = readline.createInterface({ input, output: process.stdout, prompt: 'p> ' });
  asking.question('name? ', (answer) => console.log(`\nanswer ${answer}`));
  asking.on('line', (line) => console.log('then', line));
  input.write('me\nnext\n');
  await new Promise(setImmediate);
  asking.setPrompt('q> ');
  asking.prompt();
  asking.write('written\n');
  console.log(asking.getPrompt(), asking.getCursorPos(), asking.columns);
  await new Promise(setImmediate);
  asking.close();
  await attempt(() => asking.question('late', () => {}));

  const asks = readline.promises.createInterface({ input: new PassThrough(), output: process.stdout });
  setImmediate(() => asks.write('promised\n'));
  console.log(`\n${await asks.question('really? ')}`);
  const controller = new AbortController();
  setImmediate(() => controller.abort());
  await attempt(() => asks.question('again? ', { signal: controller.signal }));
  asks.close();

  const written = [];
  const target = { write(sequence, callback) { written.push(sequence); if (callback) callback(); return true; } };
  readline.cursorTo(target, 3);
  readline.cursorTo(target, 3, 4, () => written.push('called'));
  readline.moveCursor(target, -2, 5);
  readline.clearLine(target, -1);
  readline.clearLine(target, 0);
  readline.clearScreenDown(target);
  const batch = new readline.promises.Readline(Object.assign(new PassThrough(), target));
  batch.cursorTo(1, 2).moveCursor(0, -1).clearLine(1).rollback().clearScreenDown();
  await batch.commit();
  console.log(JSON.stringify(written));
  for (const call of [
    () => readline.cursorTo(target, NaN), () => readline.cursorTo(target, 'a', 1), () => readline.moveCursor(target, 1, 1, 5), () => readline.createInterface({ input, completer: 'x' }),
    () => readline.createInterface({ input, historySize: -1 }), () => readline.createInterface({ input, tabSize: 0 }), () => readline.createInterface({ input, escapeCodeTimeout: 'x' }),
    () => readline.createInterface({ input, history: 'x' }), () => new readline.promises.Readline({}), () => batch.cursorTo('x'),
  ]) await attempt(call);
  console.log(Object.keys(readline), Object.keys(readline.promises));
}
