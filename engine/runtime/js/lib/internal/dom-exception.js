// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { defineHidden } = require('../../core/errors');

const codesByName = new Map();
const legacyNames = [
  ['IndexSizeError', 'INDEX_SIZE_ERR'], ['DOMStringSizeError', 'DOMSTRING_SIZE_ERR'],
  ['HierarchyRequestError', 'HIERARCHY_REQUEST_ERR'], ['WrongDocumentError', 'WRONG_DOCUMENT_ERR'],
  ['InvalidCharacterError', 'INVALID_CHARACTER_ERR'], ['NoDataAllowedError', 'NO_DATA_ALLOWED_ERR'],
  ['NoModificationAllowedError', 'NO_MODIFICATION_ALLOWED_ERR'], ['NotFoundError', 'NOT_FOUND_ERR'],
  ['NotSupportedError', 'NOT_SUPPORTED_ERR'], ['InUseAttributeError', 'INUSE_ATTRIBUTE_ERR'],
  ['InvalidStateError', 'INVALID_STATE_ERR'], ['SyntaxError', 'SYNTAX_ERR'],
  ['InvalidModificationError', 'INVALID_MODIFICATION_ERR'], ['NamespaceError', 'NAMESPACE_ERR'],
  ['InvalidAccessError', 'INVALID_ACCESS_ERR'], ['ValidationError', 'VALIDATION_ERR'],
  ['TypeMismatchError', 'TYPE_MISMATCH_ERR'], ['SecurityError', 'SECURITY_ERR'], ['NetworkError', 'NETWORK_ERR'],
  ['AbortError', 'ABORT_ERR'], ['URLMismatchError', 'URL_MISMATCH_ERR'], ['QuotaExceededError', 'QUOTA_EXCEEDED_ERR'],
  ['TimeoutError', 'TIMEOUT_ERR'], ['InvalidNodeTypeError', 'INVALID_NODE_TYPE_ERR'],
  ['DataCloneError', 'DATA_CLONE_ERR'],
];
// These names lost their codes, the constants stayed.
const disusedNames = new Set(['DOMStringSizeError', 'NoDataAllowedError', 'ValidationError']);

const internals = new WeakMap();

function internalsOf(exception) {
  const found = internals.get(exception);
  if (found === undefined) {
    const error = new TypeError('Value of "this" must be of type DOMException');
    error.code = 'ERR_INVALID_THIS';
    throw error;
  }
  return found;
}

function framesHere() {
  const { stack } = new Error();
  if (typeof stack !== 'string') return '';
  return stack.split('\n').filter((line) => /^ {4}at /.test(line)).map((line) => `\n${line}`).join('');
}

class DOMException {
  constructor(message = '', options = 'Error') {
    const isObject = options !== null && typeof options === 'object';
    const name = isObject ? `${options.name}` : `${options}`;
    internals.set(this, { message: `${message}`, name });
    defineHidden(this, 'stack', `${name}${message === '' ? '' : `: ${message}`}${framesHere()}`);
    if (isObject && 'cause' in options) defineHidden(this, 'cause', options.cause);
  }

  get name() {
    return internalsOf(this).name;
  }

  get message() {
    return internalsOf(this).message;
  }

  get code() {
    const { name } = internalsOf(this);
    return disusedNames.has(name) ? 0 : codesByName.get(name) || 0;
  }
}

Object.setPrototypeOf(DOMException.prototype, Error.prototype);
Object.defineProperty(DOMException.prototype, Symbol.toStringTag, { value: 'DOMException', configurable: true });
Object.defineProperty(DOMException, 'name', { value: 'DOMException', configurable: true });
for (const name of ['name', 'message', 'code']) Object.defineProperty(DOMException.prototype, name, { enumerable: true });
legacyNames.forEach(([name, constant], i) => {
  const descriptor = { enumerable: true, value: i + 1 };
  Object.defineProperty(DOMException, constant, descriptor);
  Object.defineProperty(DOMException.prototype, constant, descriptor);
  codesByName.set(name, i + 1);
});

module.exports = { DOMException };
