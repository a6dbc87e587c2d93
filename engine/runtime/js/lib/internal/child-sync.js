// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// spawnSync: the script waits until the program has ended.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');
const { Buffer } = require('../buffer');
const { signalName, systemArguments } = require('./child-options');
const { fromOption } = require('./child-stdio');
const { errnoException } = require('./net-errors');

const streamKinds = { ignore: 0, pipe: 1, overlapped: 1, inherit: 2, fd: 2 };

function inputBytes(input, index, encoding) {
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (typeof input === 'string') return Buffer.from(input, encoding === 'buffer' ? undefined : encoding);
  throw new codes.ERR_INVALID_ARG_TYPE(`options.stdio[${index}]`, ['Buffer', 'TypedArray', 'DataView', 'string'], input);
}

/** `options` as spawnOptions() gives them; the result as spawnSync's. */
function runSynchronously(options) {
  const { stdio } = fromOption(options.stdio || 'pipe', true);
  if (options.input) stdio[0] = Object.assign({}, stdio[0], { type: 'pipe', input: options.input });
  const inputs = stdio.map(({ input }, index) => (input == null ? null : inputBytes(input, index, options.encoding)));
  const streams = [];
  for (const { type, fd } of stdio) {
    if (type === 'wrap') throw new Error('not supported by Loopscope: streams as stdio of spawnSync');
    streams.push(streamKinds[type], fd === undefined ? 0 : fd);
  }
  const [failure, pid, status, signal, outputs] = binding.processes.run(options.file, systemArguments(options), options.envPairs, options.cwd,
    options.detached, options.uid, options.gid, streams, inputs, options.timeout || 0, options.maxBuffer, options.killSignal || 15);
  const hasStarted = pid > 0;
  const result = { pid, output: null, stdout: null, stderr: null, status: hasStarted && signal === 0 ? status : null,
    signal: signal > 0 ? signalName(signal) : null };
  if (hasStarted) {
    const decode = (memory) => {
      const bytes = Buffer.from(memory);
      return options.encoding && options.encoding !== 'buffer' ? bytes.toString(options.encoding) : bytes;
    };
    result.output = outputs.map((memory) => (memory === null ? null : decode(memory)));
    [, result.stdout, result.stderr] = result.output;
  }
  if (failure === 0) {
    const { output, stdout, stderr } = result;
    return { status: result.status, signal: result.signal, output, pid, stdout, stderr };
  }
  const error = errnoException(failure, `spawnSync ${options.file}`);
  Object.assign(error, { path: options.file, spawnargs: options.args.slice(1) });
  return { error, status: result.status, signal: result.signal, output: result.output, pid, stdout: result.stdout, stderr: result.stderr };
}

module.exports = { runSynchronously };
