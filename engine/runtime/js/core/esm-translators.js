// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// From a resolved module to its record: core modules, CommonJS, JSON and ES modules (Node's lib/internal/modules/esm/translators.js).

const binding = require('./binding');
const builtins = require('./builtins');
const lib = require('./lib');
const sourceFiles = require('./source-files');
const { formatOf, readData } = require('./esm-resolve');
const { dirname } = require('./paths');
const { SourceTextModule, SyntheticModule } = require('./esm-records');

let commonjs;

function syntheticValues(exports, names) {
  const values = Object.create(null);
  for (const name of names) {
    if (name !== 'default') values[name] = exports === null || exports === undefined ? undefined : exports[name];
  }
  values.default = exports;
  return values;
}

function builtinRecord(url, name) {
  const exports = builtins.load(name);
  const names = new Set(['default', ...Object.keys(exports)]);
  return new SyntheticModule(url, names, () => syntheticValues(exports, names), false);
}

/** Names that a CommonJS file seems to export, as Node finds them: by reading, not by running. */
function namesOfCommonJs(path, visited = new Set()) {
  const names = new Set();
  if (visited.has(path)) return names;
  visited.add(path);
  let found;
  try {
    found = lib.require('internal/cjs-lexer').parse(binding.readSource(path));
  } catch {
    return names;
  }
  for (const name of found.exports) names.add(name);
  const parent = { filename: path, paths: commonjs.Module._nodeModulePaths(dirname(path)) };
  for (const request of found.reexports) {
    let target;
    try {
      target = commonjs.Module._resolveFilename(request, parent, false);
    } catch {
      continue;
    }
    if (builtins.isBuiltin(target)) Object.keys(builtins.load(target)).forEach((name) => names.add(name));
    else if (/\.c?js$/.test(target)) namesOfCommonJs(target, visited).forEach((name) => names.add(name));
  }
  return names;
}

function commonJsRecord(resolved) {
  const names = namesOfCommonJs(resolved.path);
  names.add('default');
  return new SyntheticModule(resolved.url, names, () => syntheticValues(commonjs.Module._load(resolved.path, null, false), names), true);
}

/** The text of a resolved module. */
function textOf(resolved) {
  return resolved.isData ? readData(resolved.url).text : binding.readSource(resolved.path);
}

function jsonRecord(resolved) {
  const text = textOf(resolved).replace(/^\uFEFF/, '');
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    error.message = `${resolved.url}: ${error.message}`;
    throw error;
  }
  return new SyntheticModule(resolved.url, ['default'], () => ({ default: value }), false);
}

function sourceRecord(resolved, format, text, compiled) {
  const source = text === undefined && compiled === undefined ? textOf(resolved) : text;
  const result = compiled === undefined ? sourceFiles.compile(resolved.path, resolved.url, format, source) : { kind: 'module', compiled };
  return result.kind === 'module' ? new SourceTextModule(resolved.url, result.compiled) : commonJsRecord(resolved);
}

/** The record of a resolved module, found or made now. */
function createRecord(resolved, isJson, text, compiled) {
  if (resolved.builtin !== undefined) return builtinRecord(resolved.url, resolved.builtin);
  const format = compiled === undefined && text === undefined ? formatOf(resolved, isJson) : 'module';
  if (format === 'json') return jsonRecord(resolved);
  return format === 'commonjs' ? commonJsRecord(resolved) : sourceRecord(resolved, format, text, compiled);
}

module.exports = { createRecord, setCommonJs(loader) { commonjs = loader; } };
