// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs other people's tests in Loopscope and in the installed Node.js, and lists what passes in Node.js only.
//
//   node tests/conformance/run.mjs test262 FOLDER [PATH-PART...]   ECMAScript's tests (a copy of tc39/test262, or of Firefox's js/src/tests/test262)
//   node tests/conformance/run.mjs node FOLDER [PATH-PART...]      Node.js's own (the folder test/ of its sources)
//
// A test counts if Node.js passes it; that verdict is kept in build/conformance. Nothing of the tests themselves is part of Loopscope.
// LOOPSCOPE_BIN: folder of the program (default build/release/bin). --verbose shows what a failing test printed. --jobs N (default 2).
// --time-limit SECONDS a test (default 60). --io real: on real I/O and the wall clock.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const projectRoot = path.resolve(import.meta.dirname, '../..');
const args = process.argv.slice(2);
const isVerbose = takeFlag('--verbose');
const jobs = Number(takeOption('--jobs') ?? 2);
const timeLimit = Number(takeOption('--time-limit') ?? 60) * 1000; // ms
const ioMode = takeOption('--io') ?? 'simulated';
const [suiteName, folderArgument, ...parts] = args;
const folder = path.resolve(folderArgument ?? '.');
const loopscope = path.join(process.env.LOOPSCOPE_BIN ?? path.join(projectRoot, 'build/release/bin'), 'loopscope');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'loopscope-conformance-'));

function takeFlag(name) {
  const index = args.indexOf(name);
  if (index >= 0) args.splice(index, 1);
  return index >= 0;
}

function takeOption(name) {
  const index = args.indexOf(name);
  return index >= 0 ? args.splice(index, 2)[1] : undefined;
}

function filesBelow(start) {
  return fs.readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

function run(program, programArguments, cwd, job) {
  return new Promise((resolve) => {
    const env = { ...process.env, TEST_THREAD_ID: String(job) }; // Node.js's tests name their scratch folders after it
    const child = spawn(program, programArguments, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => { stdout += data; });
    child.stderr.on('data', (data) => { stderr += data; });
    const timer = setTimeout(() => child.kill('SIGKILL'), timeLimit);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, stdout, stderr });
    });
  });
}

// ------------------------------------------------------------------------------------------------------------ ECMAScript

/** What a test's front matter asks for. Its YAML is simple enough to be read by pattern. */
function frontMatter(source) {
  const text = /\/\*---([\s\S]*?)---\*\//.exec(source)?.[1] ?? '';
  const list = (name) => {
    const inline = new RegExp(`^${name}: *\\[(.*?)\\]`, 'ms').exec(text);
    if (inline) return inline[1].split(',').map((item) => item.trim()).filter(Boolean);
    const block = new RegExp(`^${name}:\\s*\\n((?:\\s+- .*\\n?)+)`, 'm').exec(text);
    return block ? block[1].split('\n').map((line) => line.replace(/^\s+- /, '').trim()).filter(Boolean) : [];
  };
  return { flags: list('flags'), includes: list('includes'), negative: /^negative:[\s\S]*?type: *(\w+)/m.exec(text)?.[1] };
}

// What a host of test262 brings; `print` is how asynchronous tests say that they are through.
const host = `globalThis.print = function print(text) { console.log(String(text)); };
globalThis.reportCompare = function reportCompare() {};
globalThis.$262 = { global: globalThis, gc() {} };
globalThis.$DONE = function $DONE(error) { console.log(error ? 'Test262:AsyncTestFailure:' + error : 'Test262:AsyncTestComplete'); };
`;

const test262 = {
  root: fs.existsSync(path.join(folder, 'test')) ? path.join(folder, 'test') : folder,
  isTest(name) {
    return name.endsWith('.js') && !/_FIXTURE|(^|\/)(shell|browser)\.js$|(^|\/)harness\//.test(name);
  },
  harness(name, includes) {
    const files = [];
    const common = path.join(folder, 'shell.js');
    if (fs.existsSync(common)) { // Firefox's copy: a shell.js a folder
      let at = folder;
      for (const part of ['', ...path.dirname(name).split('/')]) {
        at = path.join(at, part);
        if (fs.existsSync(path.join(at, 'shell.js'))) files.push(path.join(at, 'shell.js'));
      }
    } else {
      for (const include of ['assert.js', 'sta.js', ...includes]) files.push(path.join(folder, 'harness', include));
    }
    // Firefox's copy ends the common part with what only its own shell has.
    return files.map((file) => fs.readFileSync(file, 'utf8').replace(/^\/\/ file: test262-host\.js[\s\S]*/m, '')).join('\n');
  },
  prepare(name) {
    const source = fs.readFileSync(path.join(folder, name), 'utf8');
    const { flags, includes, negative } = frontMatter(source);
    if (flags.includes('raw') || flags.includes('CanBlockIsFalse')) return null;
    const isModule = flags.includes('module');
    const isAsync = flags.includes('async');
    const here = path.join(scratch, name.replaceAll('/', '+'));
    fs.mkdirSync(here);
    const harness = `${host}${this.harness(name, includes)}\n`;
    const strict = flags.includes('onlyStrict') ? '"use strict";\n' : '';
    let file;
    if (isModule || /import\(/.test(source)) { // it may import its neighbours
      const original = path.join(folder, path.dirname(name));
      for (const entry of fs.readdirSync(original)) {
        if (entry.includes('_FIXTURE') || source.includes(entry)) fs.cpSync(path.join(original, entry), path.join(here, entry), { recursive: true });
      }
    }
    if (isModule) {
      fs.writeFileSync(path.join(here, 'package.json'), '{"type":"module"}');
      file = path.join(here, path.basename(name));
      fs.writeFileSync(file, harness + source);
    } else {
      file = path.join(here, path.basename(name));
      fs.writeFileSync(file, strict + harness + source);
    }
    return {
      file,
      cwd: here,
      passed: ({ code, stdout, stderr }) => {
        if (negative) return code !== 0 && code !== null && stderr.includes(negative);
        return code === 0 && (!isAsync || (stdout.includes('Test262:AsyncTestComplete') && !stdout.includes('AsyncTestFailure')));
      },
      cleanUp: () => fs.rmSync(here, { recursive: true }),
    };
  },
};

// --------------------------------------------------------------------------------------------------------------- Node.js

const nodeTests = {
  root: folder,
  isTest(name) {
    return /(^|\/)test-[^/]*\.m?js$/.test(name);
  },
  prepare(name) {
    const file = path.join(folder, name);
    const flags = /\/\/ Flags:(.*)/.exec(fs.readFileSync(file, 'utf8'))?.[1].trim().split(/\s+/) ?? [];
    if (flags.length > 0) return null; // switches of Node.js, most of them for its insides
    return { file, cwd: path.dirname(file), passed: ({ code }) => code === 0, cleanUp() {} };
  },
};

// ------------------------------------------------------------------------------------------------------------------ main

const suites = { test262, node: nodeTests };
const suite = suites[suiteName];
if (suite === undefined || folderArgument === undefined || !fs.existsSync(folder)) {
  console.error('usage: node tests/conformance/run.mjs test262|node FOLDER [PATH-PART...] [--jobs N] [--time-limit SECONDS] [--io real] [--verbose]');
  process.exit(2);
}
const verdictsFile = path.join(projectRoot, 'build/conformance', `${suiteName}-${process.version}.json`);
const verdicts = fs.existsSync(verdictsFile) ? JSON.parse(fs.readFileSync(verdictsFile, 'utf8')) : {};

async function check(name, job) {
  if (verdicts[name] === false) return 'uncounted';
  const test = suite.prepare(name);
  if (test === null) return 'uncounted';
  try {
    if (verdicts[name] === undefined) verdicts[name] = test.passed(await run('node', [test.file], test.cwd, job));
    if (!verdicts[name]) return 'uncounted';
    const result = await run(loopscope, ['run', '--allow-all', '--io', ioMode, '--max-time', '120', test.file], test.cwd, job);
    if (test.passed(result)) return 'passed';
    const words = (result.stderr || result.stdout).split('\n').map((line) => line.trim());
    const reason = result.signal ? `ended by ${result.signal}` : words.find((line) => /Error|error|Failure/.test(line)) ?? words[0];
    console.log(`FAIL ${name}: ${reason}`);
    if (isVerbose) console.log(`${result.stdout}${result.stderr}`.replace(/^/gm, '    '));
    return 'failed';
  } finally {
    test.cleanUp();
  }
}

const names = filesBelow(suite.root).filter((name) => suite.isTest(name) && (parts.length === 0 || parts.some((part) => name.includes(part))));
const counts = { passed: 0, failed: 0, uncounted: 0 };
let next = 0;
await Promise.all(Array.from({ length: jobs }, async (unused, job) => {
  while (next < names.length) counts[await check(names[next++], job)]++;
}));
fs.mkdirSync(path.dirname(verdictsFile), { recursive: true });
fs.writeFileSync(verdictsFile, JSON.stringify(verdicts));
fs.rmSync(scratch, { recursive: true, force: true });
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.uncounted} skipped`);
process.exitCode = counts.failed > 0 ? 1 : 0;
