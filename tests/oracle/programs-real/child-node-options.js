// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Node started as a child with its own options: --eval, --print, --require, --no-warnings, --version; in a shell's command line too.
'use strict';
const { execSync, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'child-node-options-'));
const preload = path.join(folder, 'preload.js');
fs.writeFileSync(preload, 'globalThis.isPreloaded = true;');

for (const args of [
  ['--eval', 'console.log(process.argv.length, process.execArgv)', 'one', 'two'],
  ['-p', '[1 + 1, typeof require]'],
  ['--require', preload, '-p', 'isPreloaded'],
  ['--no-warnings', '-e', 'process.emitWarning("unheard"); console.error("heard")'],
  ['--input-type=module', '-e', 'import fs from "fs"; console.log(typeof fs.readFileSync, typeof require)'],
  ['--expose-gc', '-p', 'typeof gc'],
  ['--version'],
]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  console.log(args[0], status, stdout.trim(), stderr.trim());
}
console.log(execSync(`"${process.execPath}" -p "1 + 1" && ${process.execPath} --version`, { encoding: 'utf8' }));
fs.rmSync(folder, { recursive: true });
