// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// serialization: 'advanced': what JSON cannot say goes to the child and comes back.

const { fork } = require('child_process');

if (process.argv[2] === 'child') {
  process.on('message', (message) => {
    if (message === 'end') process.disconnect();
    else process.send(message);
  });
} else {
  const child = fork(__filename, ['child'], { serialization: 'advanced' });
  const cyclic = { name: 'cyclic' };
  cyclic.self = cyclic;
  const messages = [new Map([[1, { a: new Set([undefined, null]) }]]), { date: new Date(0), expression: /a+/gi, nan: NaN, minus: -0 },
                    { bytes: Buffer.from('abc'), floats: new Float64Array([0.5, 1]) }, cyclic, { error: new RangeError('far') }, 'text', 7, true];
  child.on('message', (message) => {
    console.log(message !== null && message.error ? [message.error.name, message.error.message, message.error instanceof RangeError] : message);
    if (messages.length > 0) child.send(messages.shift());
    else child.send('end');
  });
  try {
    child.send({ f() {} });
  } catch (error) {
    console.log(error.name, error.message);
  }
  child.send(messages.shift());
  child.on('exit', (code, signal) => console.log('exit', code, signal));
}
