// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Puts the module loaders together and starts the main script.

const binding = require('./binding');
const builtins = require('./builtins');
const commonjs = require('./commonjs');
const esm = require('./esm');
const sourceFiles = require('./source-files');
const { pathToFileURL, resolve } = require('./paths');

/** As Node: the path as given, or with a suffix, or a folder's index. */
function findMain(path) {
  const full = resolve(binding.cwd(), path);
  const found = commonjs.Module._findPath(full, []);
  if (!found) {
    const error = new Error(`Cannot find module '${full}'`);
    error.code = 'MODULE_NOT_FOUND';
    error.requireStack = [];
    throw error;
  }
  return binding.realpath(found);
}

function runMain(file = binding.mainFile) {
  if (binding.mainText !== undefined) {
    const path = binding.mainFile === '[eval]' ? binding.mainFile : resolve(binding.cwd(), binding.mainFile);
    if (binding.forceModule) esm.runMain(mainUrl(), binding.mainText);
    else commonjs.runMainText(path, binding.mainText, 'none');
    return;
  }
  const path = findMain(file);
  if (binding.forceModule || sourceFiles.formatOf(path) === 'module') esm.runMain(pathToFileURL(path));
  else commonjs.Module._load(path, null, true);
}

/**
 * CreateDynamicFunction, for functions written with `head`: what `Function(...parameters, body)` and `new Function` make. The names that a file's wrapper has are undefined in
 * there, as where Node makes them.
 */
function makeFunction(head, ...texts) {
  const parts = texts.map((text) => String(text));
  const body = parts.length > 0 ? parts.pop() : '';
  const text = `return ${head} anonymous(${parts.join(',')}\n) {\n${body}\n}`;
  const { compiled } = sourceFiles.compile('<anonymous>', '<anonymous>', 'commonjs', text);
  return sourceFiles.bind(compiled, esm.dynamicImport(mainUrl()), undefined).call(globalThis);
}

/** What the text of an eval finds in scope beside its caller's names: the marks, and `more` of their kind, under the names that its code uses. */
function evalScope(prefix, importer, more) {
  const { marks } = binding;
  const importDynamically = importer === undefined ? esm.dynamicImport(mainUrl()) : importer;
  const values = { s: marks.s, e: marks.e, a: marks.a, c: marks.c, import: importDynamically, h: sourceFiles.helpers() };
  if (more !== undefined) Object.assign(values, more);
  const scope = Object.create(null);
  for (const name of Object.keys(values)) scope[prefix + name] = values[name];
  return scope;
}

/** The main script of a worker: a file, or a text that is a script or a module. */
function runWorker(path, text, kind) {
  if (kind === 'module') esm.runMain(pathToFileURL(resolve(binding.cwd(), path)), text);
  else if (kind === 'classic') commonjs.runMainText(path, text, 'none');
  else runMain(path);
}

/** Loads a module before the main script (--require). */
const preload = (name) => commonjs.Module.createRequire(resolve(binding.cwd(), '[preload]'))(name);

const mainUrl = () => pathToFileURL(resolve(binding.cwd(), binding.mainFile));

function install({ requireBuiltin, lowering }) {
  builtins.setLoader(requireBuiltin);
  builtins.provide('module', () => commonjs.Module);
  const helpers = Object.assign(Object.create(null), lowering, require('./syntax-helpers'));
  Object.defineProperty(helpers, 'bigInt', { get: () => binding.bigInt() });
  sourceFiles.setHelpers(helpers);
  commonjs.setEsm(esm);
  esm.setCommonJs(commonjs);
  let likeNode; // made at its first use
  binding.framesLikeNode = (frames) => {
    if (likeNode === undefined) likeNode = require('./node-frames').makeTranslator(runMain);
    return likeNode(frames);
  };
  return { preload, runMain, runWorker, makeFunction, evalScope };
}

module.exports = { install, isNamespace: esm.isNamespace };
