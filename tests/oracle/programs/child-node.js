// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Node started as another program: its streams, how it ends, and signals.

const { spawn, exec, execFile, fork } = require('child_process');

const child = spawn(process.execPath, ['-e', 'process.stdin.setEncoding("utf8"); let s = ""; process.stdin.on("data", (d) => s += d)' +
  '.on("end", () => { console.log("got", s, process.argv.slice(1), process.env.GIVEN); console.error("err"); process.exitCode = 3; })', 'a1'],
                    { env: Object.assign({}, process.env, { GIVEN: 'this' }) });
child.stdout.setEncoding('utf8');
let output = '';
let errors = '';
child.stdout.on('data', (text) => { output += text; });
child.stderr.on('data', (text) => { errors += text; });
child.on('exit', (code, signal) => console.log('exit', code, signal));
child.on('close', (code, signal) => {
  console.log('close', code, signal, [output, errors], child.exitCode, child.killed);
  second();
});
child.stdin.end('input');

function second() {
  execFile(process.execPath, ['-e', 'console.log("hi"); console.error("ho"); process.exitCode = 2'], (error, stdout, stderr) => {
    console.log(error.code, error.killed, error.signal, [stdout, stderr]);
    third();
  });
}

function third() {
  const listening = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => { console.log("term"); process.exit(9); }); setInterval(() => {}, 1000); console.log("up");']);
  listening.stdout.on('data', (text) => {
    console.log(String(text).trim());
    if (String(text).includes('up')) console.log(listening.kill());
  });
  listening.on('close', (code, signal) => {
    console.log(code, signal, listening.killed);
    const deaf = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("deaf");']);
    deaf.stdout.on('data', () => deaf.kill('SIGINT'));
    deaf.on('close', (code2, signal2) => console.log(code2, signal2, deaf.signalCode));
  });
}

for (const wrong of [() => fork(5), () => spawn(), () => fork(__filename, [], { stdio: ['pipe', 'pipe', 'pipe'] }), () => exec(7)]) {
  try {
    wrong();
  } catch (error) {
    console.log(error.name, error.code);
  }
}
