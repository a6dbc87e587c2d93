// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// From a file to a function: which kind of module it is, and compiling it.

const binding = require('./binding');
const { extname } = require('./paths');
const { packageScope } = require('./packages');

let helpers; // $h

/** Node's syntax detection: these messages of V8's, for a file of no declared kind, ask for another try as an ES module. */
const moduleMessages = new Set(['Cannot use import statement outside a module', 'Unexpected token \'export\'',
  'Cannot use \'import.meta\' outside a module', 'await is only valid in async functions and the top level bodies of modules']);

/** 'commonjs', 'module', 'json', 'none' (commonjs unless its syntax says otherwise), 'addon' or undefined for a suffix nobody knows. */
function formatOf(path) {
  switch (extname(path)) {
    case '.mjs':
    case '.mts':
      return 'module';
    case '.cjs':
    case '.cts':
      return 'commonjs';
    case '.json':
      return 'json';
    case '.node':
      return 'addon';
    case '.js':
    case '.ts':
    case '': {
      const scope = packageScope(path);
      return scope.exists ? scope.type : 'none';
    }
    default:
      return undefined;
  }
}

/**
 * Compiles a text. `shownPath` is what stack traces show. Gives { kind, compiled }; `format` 'none' may turn out to be a module.
 * Throws the SyntaxError that Node would.
 */
function compile(shownPath, moduleShownPath, format, text) {
  if (format === 'module') return { kind: 'module', compiled: binding.compile(moduleShownPath, 'module', text) };
  try {
    return { kind: 'commonjs', compiled: binding.compile(shownPath, 'commonjs', text) };
  } catch (error) {
    if (!moduleMessages.has(error.message)) throw error;
    if (format === 'none') {
      try {
        return { kind: 'module', compiled: binding.compile(moduleShownPath, 'module', text) };
      } catch (second) {
        if (second.message !== error.message) throw second;
      }
    } else if (error.message !== 'await is only valid in async functions and the top level bodies of modules') {
      process.emitWarning('To load an ES module, set "type": "module" in the package.json or use the .mjs extension.');
    }
    throw error;
  }
}

/** Binds the marks of a compiled file and gives its inner function. */
function bind(compiled, importDynamically, meta, ownHelpers) {
  const { marks } = binding;
  return compiled.outer(marks.s, marks.e, marks.a, marks.c, importDynamically, meta, ownHelpers === undefined ? helpers : ownHelpers);
}

module.exports = {
  formatOf,
  compile,
  bind,
  setHelpers(value) { helpers = value; },
  helpers: () => helpers,
  /** The helpers with more of them, for one file. */
  extendHelpers: (more) => Object.assign(Object.create(helpers), more),
};
