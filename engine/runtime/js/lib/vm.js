// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// vm: scripts in this context and in others.

const { codes, define } = require('../core/errors');
const { validateArray, validateBoolean, validateFunction, validateInt32, validateObject, validateOneOf, validateString, validateStringArray, validateUint32 } =
  require('../core/validators');
const contexts = require('./internal/vm-context');

const { ERR_INVALID_ARG_TYPE } = codes;

define('ERR_SCRIPT_EXECUTION_TIMEOUT', 'Script execution timed out after %sms', Error);
define('ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING', 'A dynamic import callback was not specified.', TypeError);
define('ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG', 'A dynamic import callback was invoked without --experimental-vm-modules', TypeError);

const constants = Object.freeze(Object.assign(Object.create(null), {
  USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('vm_dynamic_import_main_context_default'),
  DONT_CONTEXTIFY: Symbol('vm_context_no_contextify'),
}));

function unsupported(name) {
  throw new Error(`not supported by Loopscope: ${name}`);
}

function checkPlace({ filename = 'evalmachine.<anonymous>', lineOffset = 0, columnOffset = 0, cachedData, produceCachedData = false }) {
  validateString(filename, 'options.filename');
  validateInt32(lineOffset, 'options.lineOffset');
  validateInt32(columnOffset, 'options.columnOffset');
  if (cachedData !== undefined && !ArrayBuffer.isView(cachedData)) {
    throw new ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
  }
  validateBoolean(produceCachedData, 'options.produceCachedData');
}

/** The text with line numbers from `lineOffset` on, as far as lines above it can bring that about. */
function shifted(text, lineOffset = 0) {
  return lineOffset > 0 ? '\n'.repeat(lineOffset) + text : text;
}

let hasWarned = false;
function warnOfLoader() {
  if (hasWarned) return;
  hasWarned = true;
  process.emitWarning('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER is an experimental feature and might change at any time', 'ExperimentalWarning');
}

/** The function behind import() in a script. */
function importerOf(importModuleDynamically) {
  if (importModuleDynamically === constants.USE_MAIN_CONTEXT_DEFAULT_LOADER) {
    warnOfLoader();
    return undefined;
  }
  if (importModuleDynamically === undefined) return () => Promise.reject(new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING());
  validateFunction(importModuleDynamically, 'options.importModuleDynamically');
  return () => Promise.reject(new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG());
}

function checkRunOptions(options = {}) {
  validateObject(options, 'options');
  const { breakOnSigint = false, displayErrors = true, timeout } = options;
  if (timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
  validateBoolean(displayErrors, 'options.displayErrors');
  validateBoolean(breakOnSigint, 'options.breakOnSigint');
  return timeout;
}

const stateSymbol = Symbol('script');

class Script {
  constructor(code, options = {}) {
    const text = `${code}`;
    const settings = typeof options === 'string' ? { filename: options } : options;
    validateObject(settings, 'options');
    checkPlace(settings);
    const { filename = 'evalmachine.<anonymous>', lineOffset, cachedData, produceCachedData, importModuleDynamically } = settings;
    const importer = importerOf(importModuleDynamically);
    Object.defineProperty(this, stateSymbol, { value: { script: contexts.compileScript(filename, shifted(text, lineOffset)), importer } });
    // A cache of ours holds nothing, so it never fits.
    if (cachedData !== undefined) this.cachedDataRejected = true;
    if (produceCachedData) this.cachedDataProduced = false;
    const mapComment = /\/\/[#@] sourceMappingURL=(\S+)\s*$/.exec(text);
    this.sourceMapURL = mapComment === null ? undefined : mapComment[1];
  }

  createCachedData() {
    return Buffer.alloc(0);
  }

  runInThisContext(options) {
    return runIn(this, contexts.main(), options);
  }

  runInContext(contextifiedObject, options) {
    validateContext(contextifiedObject);
    return runIn(this, contexts.contextOf(contextifiedObject), options);
  }

  runInNewContext(contextObject, options) {
    return this.runInContext(createContext(contextObject, contextOptionsOf(options)), options);
  }
}

function runIn(script, context, options) {
  const timeout = checkRunOptions(options);
  const { script: compiled, importer } = script[stateSymbol];
  const { value, wasInterrupted } = contexts.run(compiled, context, { importer, timeout });
  if (wasInterrupted) throw new codes.ERR_SCRIPT_EXECUTION_TIMEOUT(timeout);
  return value;
}

function isContext(object) {
  validateObject(object, 'object', { allowArray: true });
  return contexts.isContext(object);
}

function validateContext(contextifiedObject) {
  if (!isContext(contextifiedObject)) throw new ERR_INVALID_ARG_TYPE('contextifiedObject', 'vm.Context', contextifiedObject);
}

/** The options of a new context among those of a run. */
function contextOptionsOf(options) {
  if (!options) return {};
  const { contextName: name, contextOrigin: origin, contextCodeGeneration: codeGeneration, microtaskMode } = options;
  if (name !== undefined) validateString(name, 'options.contextName');
  if (origin !== undefined) validateString(origin, 'options.contextOrigin');
  if (codeGeneration !== undefined) checkCodeGeneration(codeGeneration, 'options.contextCodeGeneration');
  if (microtaskMode !== undefined) validateString(microtaskMode, 'options.microtaskMode');
  return { name, origin, codeGeneration, microtaskMode };
}

function checkCodeGeneration(codeGeneration, name) {
  validateObject(codeGeneration, name);
  const { strings = true, wasm = true } = codeGeneration;
  validateBoolean(strings, `${name}.strings`);
  validateBoolean(wasm, `${name}.wasm`);
  if (!strings) unsupported('vm contexts without code from strings (codeGeneration.strings)');
}

function createContext(contextObject = {}, options = {}) {
  if (contextObject !== constants.DONT_CONTEXTIFY && isContext(contextObject)) return contextObject;
  validateObject(options, 'options');
  const { name = 'VM Context', origin, codeGeneration, microtaskMode, importModuleDynamically } = options;
  validateString(name, 'options.name');
  if (origin !== undefined) validateString(origin, 'options.origin');
  if (codeGeneration !== undefined) checkCodeGeneration(codeGeneration, 'options.codeGeneration');
  validateOneOf(microtaskMode, 'options.microtaskMode', ['afterEvaluate', undefined]);
  if (microtaskMode !== undefined) unsupported('vm contexts with microtasks of their own (microtaskMode)');
  importerOf(importModuleDynamically);
  return contextObject === constants.DONT_CONTEXTIFY ? contexts.makeGlobal() : contexts.makeContext(contextObject);
}

function compileFunction(code, params, options = {}) {
  validateString(code, 'code');
  validateObject(options, 'options');
  if (params !== undefined) validateStringArray(params, 'params');
  const { filename = '', lineOffset, parsingContext, contextExtensions = [], importModuleDynamically } = options;
  checkPlace(options);
  if (parsingContext !== undefined && (typeof parsingContext !== 'object' || parsingContext === null || !isContext(parsingContext))) {
    throw new ERR_INVALID_ARG_TYPE('options.parsingContext', 'Context', parsingContext);
  }
  validateArray(contextExtensions, 'options.contextExtensions');
  contextExtensions.forEach((extension, i) => validateObject(extension, `options.contextExtensions[${i}]`, { nullable: true }));
  const text = `(function (${(params || []).join(',')}) {${shifted(code, lineOffset)}\n})`;
  const context = parsingContext === undefined ? contexts.main() : contexts.contextOf(parsingContext);
  const scopes = contextExtensions.filter((extension) => extension !== null);
  return contexts.runScript(contexts.compileScript(filename, text), context, { importer: importerOf(importModuleDynamically), scopes });
}

const withFilename = (options) => (typeof options === 'string' ? { filename: options } : options);

module.exports = {
  Script,
  createContext,
  createScript(code, options) {
    return new Script(code, options);
  },
  runInContext(code, contextifiedObject, options) {
    validateContext(contextifiedObject);
    const settings = withFilename(options);
    return new Script(code, settings).runInContext(contextifiedObject, settings);
  },
  runInNewContext(code, contextObject, options) {
    const settings = withFilename(options);
    const sandbox = createContext(contextObject, contextOptionsOf(settings));
    return new Script(code, settings).runInContext(sandbox, settings);
  },
  runInThisContext(code, options) {
    const settings = withFilename(options);
    return new Script(code, settings).runInThisContext(settings);
  },
  isContext,
  compileFunction,
  measureMemory() {
    unsupported('vm.measureMemory');
  },
  constants,
};
