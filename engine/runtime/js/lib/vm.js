// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// vm: scripts in this very context. Other contexts are not supported.

const { validateString } = require('../core/validators');

const evaluate = (0, eval);

class Script {
  constructor(code, options) {
    this.filename = typeof options === 'string' ? options : (options && options.filename) || 'evalmachine.<anonymous>';
    Object.defineProperty(this, 'code', { value: `${code}` });
    // Syntax errors show when the script is made, not when it runs.
    Function(`return;\n${this.code}`);
  }

  runInThisContext() {
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
  isContext: () => false,
  runInContext: unsupported('runInContext'),
  runInNewContext: unsupported('runInNewContext'),
  runInThisContext: (code, options) => new Script(code, options).runInThisContext(),
};
