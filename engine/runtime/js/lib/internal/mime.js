// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// util.MIMEType and util.MIMEParams.


const token = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
const quotable = /^[\t\u0020-~\u0080-\u00FF]*$/;

class SyntaxProblem extends TypeError {
  constructor(production, text, index) {
    super(`The MIME syntax for a ${production} in "${text}" is invalid${index === -1 ? '' : ` at ${index}`}`);
    this.code = 'ERR_INVALID_MIME_SYNTAX';
  }

  get ['constructor']() {
    return TypeError;
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
}

/** `text`, if it is of the pattern; `whole` is what an error shows. */
function checked(production, text, pattern = token, whole = text) {
  if (text === '' && pattern === token) throw new SyntaxProblem(production, whole, -1);
  if (pattern.test(text)) return text;
  const index = Array.from(text).findIndex((character) => !pattern.test(character));
  throw new SyntaxProblem(production, whole, index);
}

function encodeValue(value) {
  if (value.length === 0) return '""';
  return token.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}

const entries = Symbol('entries');

class MIMEParams {
  constructor() {
    Object.defineProperty(this, entries, { value: new Map() });
  }

  delete(name) {
    this[entries].delete(name);
  }

  get(name) {
    return this[entries].has(name) ? this[entries].get(name) : null;
  }

  has(name) {
    return this[entries].has(name);
  }

  set(name, value) {
    this[entries].set(checked('parameter name', `${name}`), checked('parameter value', `${value}`, quotable));
  }

  entries() {
    return this[entries].entries();
  }

  keys() {
    return this[entries].keys();
  }

  values() {
    return this[entries].values();
  }

  [Symbol.iterator]() {
    return this.entries();
  }

  toString() {
    return Array.from(this[entries], ([name, value]) => `${name}=${encodeValue(value)}`).join(';');
  }

  toJSON() {
    return this.toString();
  }
}

function parseParameters(text, params) {
  let rest = text;
  while (rest.length > 0) {
    rest = rest.replace(/^[;\t\n\r ]+/, '');
    const match = /^([^;=]*)(?:=("(?:[^"\\]|\\[\s\S])*"?[^;]*|[^;]*))?/.exec(rest);
    rest = rest.slice(match[0].length);
    if (match[0].length === 0 && rest.length > 0) rest = rest.slice(1);
    if (match[2] === undefined) continue;
    const name = match[1].toLowerCase();
    let value = match[2].replace(/[\t\n\r ]+$/, '');
    // A backslash at the very end stands for itself.
    if (value[0] === '"') value = /^"((?:[^"\\]|\\[\s\S]|\\$)*)/.exec(value)[1].replace(/\\([\s\S])/g, '$1');
    else if (value === '') continue;
    if (token.test(name) && quotable.test(value) && !params.has(name)) params.set(name, value);
  }
}

class MIMEType {
  constructor(input) {
    const whole = `${input}`;
    const text = whole.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
    const slash = text.indexOf('/');
    if (slash === -1) throw new SyntaxProblem('type', whole, -1);
    const semicolon = text.indexOf(';');
    const params = new MIMEParams();
    const parts = {
      type: checked('type', text.slice(0, slash), token, whole).toLowerCase(),
      subtype: checked('subtype', text.slice(slash + 1, semicolon === -1 ? text.length : semicolon)
        .replace(/[\t\n\r ]+$/, ''), token, whole).toLowerCase(),
      params,
    };
    Object.defineProperty(this, entries, { value: parts });
    if (semicolon !== -1) parseParameters(text.slice(semicolon + 1), params);
  }

  get type() {
    return this[entries].type;
  }

  set type(value) {
    this[entries].type = checked('type', `${value}`).toLowerCase();
  }

  get subtype() {
    return this[entries].subtype;
  }

  set subtype(value) {
    this[entries].subtype = checked('subtype', `${value}`).toLowerCase();
  }

  get essence() {
    return `${this.type}/${this.subtype}`;
  }

  get params() {
    return this[entries].params;
  }

  toString() {
    const params = this.params.toString();
    return params === '' ? this.essence : `${this.essence};${params}`;
  }

  toJSON() {
    return this.toString();
  }
}

module.exports = { MIMEParams, MIMEType };
