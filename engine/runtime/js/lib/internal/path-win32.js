// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// path.win32.

const { validateString } = require('../../core/validators');
const common = require('./path-common');

const separators = /[\\/]/;
const isSeparator = (character) => character === '/' || character === '\\';
const hasDrive = (path) => /^[A-Za-z]:/.test(path);

const reservedNames = new Set(['CON', 'PRN', 'AUX', 'NUL']);
for (const digit of '123456789\u00b9\u00b2\u00b3') {
  reservedNames.add(`COM${digit}`);
  reservedNames.add(`LPT${digit}`);
}

function isReserved(path, colon) {
  return reservedNames.has(path.slice(0, colon).toUpperCase());
}

/** A UNC root \\server\share: { server, share, end }, end after the share; undefined when it is none. */
function uncRoot(path) {
  const match = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)/.exec(path);
  return match === null ? undefined : { server: match[1], share: match[2], end: match[0].length };
}

/** { device, rootEnd, isAbsolute } of a path for resolve and normalize. */
function rootOf(path) {
  if (path.length === 1) return { device: '', rootEnd: isSeparator(path) ? 1 : 0, isAbsolute: isSeparator(path) };
  if (isSeparator(path[0])) {
    if (!isSeparator(path[1])) return { device: '', rootEnd: 1, isAbsolute: true };
    const unc = uncRoot(path);
    if (unc === undefined) return { device: '', rootEnd: 0, isAbsolute: true };
    // Device namespaces \\.\ and \\?\ have no share.
    if (unc.server === '.' || unc.server === '?') return { device: `\\\\${unc.server}`, rootEnd: 4, isAbsolute: true };
    return { device: `\\\\${unc.server}\\${unc.share}`, rootEnd: unc.end, isAbsolute: true, unc };
  }
  if (!hasDrive(path)) return { device: '', rootEnd: 0, isAbsolute: false };
  const isAbsolute = path.length > 2 && isSeparator(path[2]);
  return { device: path.slice(0, 2), rootEnd: isAbsolute ? 3 : 2, isAbsolute };
}

function currentDirectory(device) {
  if (device === '') return process.cwd();
  const path = process.env[`=${device}`] || process.cwd();
  const isOther = path.slice(0, 2).toLowerCase() !== device.toLowerCase() && path[2] === '\\';
  return isOther ? `${device}\\` : path;
}

/** A relative path must not turn into one with a drive by normalization. */
function guardColon(path, tail) {
  if (tail.length >= 2 && hasDrive(tail)) return `.\\${tail}`;
  for (let i = path.indexOf(':'); i !== -1; i = path.indexOf(':', i + 1)) {
    if (i === path.length - 1 || isSeparator(path[i + 1])) return `.\\${tail}`;
  }
  return undefined;
}

/** Where the root ends for dirname and parse: [end, is it the whole path]. */
function rootEnd(path) {
  if (isSeparator(path[0])) {
    if (path.length < 2 || !isSeparator(path[1])) return [1, false];
    const unc = uncRoot(path);
    if (unc === undefined) return [1, false];
    return unc.end === path.length ? [unc.end, true] : [unc.end + 1, false];
  }
  if (!hasDrive(path)) return [0, false];
  return [path.length > 2 && isSeparator(path[2]) ? 3 : 2, false];
}

/** Joined parts that only look like a UNC path get a single separator in front. */
function joinParts(parts) {
  const joined = parts.join('\\');
  const isUnc = /^[\\/]{2}[^\\/]/.test(parts[0]);
  return isUnc ? joined : joined.replace(/^[\\/]{2,}/, '\\');
}

function relativeOf(from, to) {
  const trim = (path) => path.split('\\').filter((segment, i, all) => segment !== '' || (i > 0 && i < all.length - 1));
  const source = trim(from.replace(/^\\+/, ''));
  const target = trim(to.replace(/^\\+/, ''));
  let shared = 0;
  while (shared < source.length && shared < target.length &&
         source[shared].toLowerCase() === target[shared].toLowerCase()) ++shared;
  if (shared === 0 && source.length > 0 && target.length > 0) return to;
  return new Array(source.length - shared).fill('..').concat(target.slice(shared)).join('\\');
}

const win32 = {
  resolve(...args) {
    let device = '';
    let tail = '';
    let isAbsolute = false;
    for (let i = args.length - 1; i >= -1; --i) {
      const path = i >= 0 ? args[i] : currentDirectory(device);
      if (i >= 0) validateString(path, `paths[${i}]`);
      if (path.length === 0) continue;
      const root = rootOf(path);
      if (root.device.length > 0) {
        if (device.length === 0) ({ device } = root);
        else if (root.device.toLowerCase() !== device.toLowerCase()) continue;
      }
      if (!isAbsolute) {
        tail = `${path.slice(root.rootEnd)}\\${tail}`;
        ({ isAbsolute } = root);
      }
      if (isAbsolute && device.length > 0) break;
    }
    tail = common.normalizeSegments(tail, !isAbsolute, '\\', separators);
    return isAbsolute ? `${device}\\${tail}` : `${device}${tail}` || '.';
  },

  normalize(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    if (path.length === 1) return path === '/' ? '\\' : path;
    const root = rootOf(path);
    let { device, rootEnd: end } = root;
    if (root.unc !== undefined && end === path.length) return `\\\\${root.unc.server}\\${root.unc.share}\\`;
    const colon = path.indexOf(':');
    if (device === '' && !root.isAbsolute && colon > 0 && isReserved(path, colon)) {
      device = path.slice(0, colon + 1);
      end = colon + 1;
    }
    let tail = end < path.length ? common.normalizeSegments(path.slice(end), !root.isAbsolute, '\\', separators) : '';
    if (tail.length === 0 && !root.isAbsolute) tail = '.';
    if (tail.length > 0 && isSeparator(path[path.length - 1])) tail += '\\';
    if (!root.isAbsolute && device === '' && path.includes(':')) {
      const guarded = guardColon(path, tail);
      if (guarded !== undefined) return guarded;
    }
    if (isReserved(path, colon)) return `.\\${device}${tail}`;
    return root.isAbsolute ? `${device}\\${tail}` : `${device}${tail}`;
  },

  isAbsolute(path) {
    validateString(path, 'path');
    return path.length > 0 && (isSeparator(path[0]) || /^[A-Za-z]:[\\/]/.test(path));
  },

  join(...args) {
    const parts = args.filter((part) => {
      validateString(part, 'path');
      return part.length > 0;
    });
    return parts.length === 0 ? '.' : win32.normalize(joinParts(parts));
  },

  relative(from, to) {
    validateString(from, 'from');
    validateString(to, 'to');
    if (from === to) return '';
    const source = win32.resolve(from);
    const target = win32.resolve(to);
    return source.toLowerCase() === target.toLowerCase() ? '' : relativeOf(source, target);
  },

  toNamespacedPath(path) {
    if (typeof path !== 'string' || path.length === 0) return path;
    const resolved = win32.resolve(path);
    if (resolved.length <= 2) return path;
    if (resolved.startsWith('\\\\')) {
      return resolved[2] === '?' || resolved[2] === '.' ? resolved : `\\\\?\\UNC\\${resolved.slice(2)}`;
    }
    return /^[A-Za-z]:\\/.test(resolved) ? `\\\\?\\${resolved}` : resolved;
  },

  dirname(path) {
    validateString(path, 'path');
    if (path.length === 0) return '.';
    if (path.length === 1) return isSeparator(path) ? path : '.';
    const [root, isWhole] = rootEnd(path);
    if (isWhole) return path;
    let end = path.length;
    while (end > root && isSeparator(path[end - 1])) --end;
    while (end > root && !isSeparator(path[end - 1])) --end;
    if (end > root) return path.slice(0, end - 1);
    return root === 0 ? '.' : path.slice(0, root);
  },

  basename(path, suffix) {
    return common.basename(path, suffix, typeof path === 'string' && hasDrive(path) ? 2 : 0, isSeparator);
  },

  extname(path) {
    return common.extname(path, typeof path === 'string' && hasDrive(path) ? 2 : 0, isSeparator);
  },

  format: (pathObject) => common.format('\\', pathObject),

  parse(path) {
    validateString(path, 'path');
    const result = { root: '', dir: '', base: '', ext: '', name: '' };
    if (path.length === 0) return result;
    const [root] = rootEnd(path);
    result.root = path.slice(0, root);
    const begin = common.parseBase(result, path, root, isSeparator);
    result.dir = begin > root ? path.slice(0, begin - 1) : result.root;
    return result;
  },

  matchesGlob() {
    throw new Error('not supported by Loopscope: path.matchesGlob');
  },

  sep: '\\',
  delimiter: ';',
};

module.exports = win32;
