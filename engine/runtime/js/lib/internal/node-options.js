// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Options of Node's command line for a process that a script starts.

const binding = require('../../core/binding');

const withValue = new Set(['-r', '--require', '--import', '-C', '--conditions', '--loader', '--experimental-loader', '--title']);
const evaluating = new Set(['-e', '--eval', '-p', '--print', '-pe']);

/** What of Node's arguments are its options, what is to run, and what that is given. */
function readArguments(args) {
  const options = [];
  let text;
  let index = 0;
  for (; index < args.length && args[index].length > 1 && args[index].startsWith('-'); ++index) {
    const option = args[index];
    if (option === '--') {
      ++index;
      break;
    }
    if (option === '-v' || option === '--version') {
      text = 'console.log(process.version)';
    } else if (evaluating.has(option)) {
      const given = args[++index];
      options.push(option, given);
      text = option.startsWith('-p') || option === '--print' ? `console.log(eval(${JSON.stringify(given)}))` : given;
    } else {
      options.push(option);
      if (withValue.has(option) && index + 1 < args.length) options.push(args[++index]);
    }
  }
  return text === undefined ? { options, file: args[index], rest: args.slice(index + 1) } : { options, text, rest: args.slice(index) };
}

const effects = {
  '--expose-gc': () => { globalThis.gc = function gc() { binding.collectGarbage(); }; },
  '--no-deprecation': () => { process.noDeprecation = true; },
  '--no-warnings': () => { process.removeAllListeners('warning'); },
  '--throw-deprecation': () => { process.throwDeprecation = true; },
  '--trace-deprecation': () => { process.traceDeprecation = true; },
  '--trace-warnings': () => { process.traceProcessWarnings = true; },
};
effects['--expose_gc'] = effects['--expose-gc'];

/** NODE_OPTIONS: words, and texts in quotes. */
function optionsOfEnvironment(text) {
  const words = [];
  for (const [word] of text.matchAll(/(?:"(?:[^"\\]|\\.)*"|[^\s"])+/g)) words.push(word.replace(/"((?:[^"\\]|\\.)*)"/g, (all, inner) => inner.replace(/\\(.)/g, '$1')));
  return words;
}

/** Makes `given` the options of this process. What they ask for that is not here is left undone. preload(name) loads a module before the main script. */
function applyOptions(given, preload) {
  process.execArgv = given;
  const { NODE_OPTIONS } = process.env;
  const options = NODE_OPTIONS === undefined ? given : [...optionsOfEnvironment(NODE_OPTIONS), ...given];
  options.forEach((option, index) => {
    if (effects[option] !== undefined) effects[option]();
    else if (option === '-r' || option === '--require') preload(options[index + 1]);
  });
}

module.exports = { applyOptions, readArguments };
