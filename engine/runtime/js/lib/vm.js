// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// vm: scripts in this very context. Other contexts are not supported.

const { codes } = require('../core/errors');
const { validateBoolean, validateInt32, validateObject, validateString, validateUint32 } = require('../core/validators');

const evaluate = (0, eval);

function checkScriptOptions({ filename = 'evalmachine.<anonymous>', lineOffset = 0, columnOffset = 0, cachedData, produceCachedData = false }) {
  validateString(filename, 'options.filename');
  validateInt32(lineOffset, 'options.lineOffset');
  validateInt32(columnOffset, 'options.columnOffset');
  if (cachedData !== undefined && !ArrayBuffer.isView(cachedData)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
  }
  validateBoolean(produceCachedData, 'options.produceCachedData');
}

function checkRunOptions(options) {
  validateObject(options, 'options');
  const { breakOnSigint = false, displayErrors = true, timeout } = options;
  if (timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
  validateBoolean(displayErrors, 'options.displayErrors');
  validateBoolean(breakOnSigint, 'options.breakOnSigint');
}

class Script {
  constructor(code, options = {}) {
    const text = `${code}`;
    const settings = typeof options === 'string' ? { filename: options } : options;
    validateObject(settings, 'options');
    checkScriptOptions(settings);
    Object.defineProperty(this, 'code', { value: text });
    // Syntax errors show when the script is made, not when it runs.
    Function(`return;\n${text}`);
    const mapComment = /\/\/[#@] sourceMappingURL=(\S+)\s*$/.exec(text);
    this.sourceMapURL = mapComment === null ? undefined : mapComment[1];
  }

  runInThisContext(options = {}) {
    checkRunOptions(options);
    return evaluate(this.code);
  }
}

function unsupported(name) {
  return Object.defineProperty(() => {
    throw new Error(`not supported by Loopscope: vm.${name}`);
  }, 'name', { value: name });
}

Script.prototype.runInContext = unsupported('Script.runInContext');
Script.prototype.runInNewContext = unsupported('Script.runInNewContext');

module.exports = {
  Script,
  compileFunction(code, params = []) {
    validateString(code, 'code');
    return Function(...params, code);
  },
  createContext: unsupported('createContext'),
  isContext(object) {
    if (object === null || (typeof object !== 'object' && typeof object !== 'function')) {
      throw new codes.ERR_INVALID_ARG_TYPE('object', 'Object', object);
    }
    return false;
  },
  runInContext: unsupported('runInContext'),
  runInNewContext: unsupported('runInNewContext'),
  runInThisContext(code, options) {
    const settings = typeof options === 'string' ? { filename: options } : options;
    return new Script(code, settings).runInThisContext(settings);
  },
};
