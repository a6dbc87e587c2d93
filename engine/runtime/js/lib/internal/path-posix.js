// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// path.posix.

const { validateString } = require('../../core/validators');
const common = require('./path-common');

const isSeparator = (character) => character === '/';

const posix = {
  resolve(...args) {
    let resolved = '';
    for (let i = args.length - 1; i >= -1 && resolved[0] !== '/'; --i) {
      const path = i >= 0 ? args[i] : process.cwd();
      validateString(path, `paths[${i}]`);
      if (path.length > 0) resolved = resolved === '' ? path : `${path}/${resolved}`;
    }
    const isAbsolute = resolved[0] === '/';
    const normal = common.normalizeSegments(resolved, !isAbsolute, '/', '/');
    if (isAbsolute) return `/${normal}`;
    return normal.length > 0 ? normal : '.';
  },

  normalize(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    const isAbsolute = path[0] === '/';
    const trailing = path[path.length - 1] === '/';
    let normal = common.normalizeSegments(path, !isAbsolute, '/', '/');
    if (normal.length === 0) {
      if (isAbsolute) return '/';
      return trailing ? './' : '.';
    }
    if (trailing) normal += '/';
    return isAbsolute ? `/${normal}` : normal;
  },

  isAbsolute(path) {
    validateString(path, 'path');
    return path[0] === '/';
  },

  join(...args) {
    const parts = args.filter((part) => {
      validateString(part, 'path');
      return part.length > 0;
    });
    return parts.length === 0 ? '.' : posix.normalize(parts.join('/'));
  },

  relative(from, to) {
    validateString(from, 'from');
    validateString(to, 'to');
    if (from === to) return '';
    const split = (path) => posix.resolve(path).split('/').filter((segment) => segment !== '');
    const source = split(from);
    const target = split(to);
    let common = 0;
    while (common < source.length && common < target.length && source[common] === target[common]) ++common;
    return new Array(source.length - common).fill('..').concat(target.slice(common)).join('/');
  },

  toNamespacedPath: (path) => path,

  dirname(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    let end = path.length;
    while (end > 1 && path[end - 1] === '/') --end;
    while (end > 0 && path[end - 1] !== '/') --end;
    // Now at the separator before the last segment.
    if (end === 0) return path[0] === '/' ? '/' : '.';
    if (end === 1) return '/';
    // POSIX lets two slashes at the start mean something of their own.
    return end === 2 && path[0] === '/' ? '//' : path.slice(0, end - 1);
  },

  basename: (path, suffix) => common.basename(path, suffix, 0, isSeparator),
  extname: (path) => common.extname(path, 0, isSeparator),
  format: (pathObject) => common.format('/', pathObject),

  parse(path) {
    validateString(path, 'path');
    const result = { root: '', dir: '', base: '', ext: '', name: '' };
    if (path.length === 0) return result;
    const start = path[0] === '/' ? 1 : 0;
    result.root = path.slice(0, start);
    const begin = common.parseBase(result, path, start, isSeparator);
    if (start === 1 && begin === 1 && result.base === '..') {
      // As in Node, which looks for `..` only after a separator other than the root.
      result.ext = '.';
      result.name = '.';
    }
    if (begin > start) result.dir = path.slice(0, begin - 1);
    else if (start === 1) result.dir = '/';
    return result;
  },

  matchesGlob() {
    throw new Error('not supported by Loopscope: path.matchesGlob');
  },

  sep: '/',
  delimiter: ':',
};

module.exports = posix;
