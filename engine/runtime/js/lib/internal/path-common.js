// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What the POSIX and Windows flavours of `path` share.

const { validateObject, validateString } = require('../../core/validators');

/** Resolves `.` and `..` and joins what is left; `..` above the start stays only when allowed. */
function normalizeSegments(path, allowAboveRoot, separator, pattern) {
  const result = [];
  for (const segment of path.split(pattern)) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') result.push(segment);
    else if (result.length > 0 && result[result.length - 1] !== '..') result.pop();
    else if (allowAboveRoot) result.push('..');
  }
  return result.join(separator);
}

/** The last segment of path.slice(start): where it begins, where it ends (without trailing separators). */
function lastSegment(path, start, isSeparator) {
  let end = path.length;
  while (end > start && isSeparator(path[end - 1])) --end;
  let begin = end;
  while (begin > start && !isSeparator(path[begin - 1])) --begin;
  return { begin, end };
}

/** Length of the extension of a segment with its dot; 0 for `.name`, `..`, `name`. */
function extensionLength(segment) {
  const dot = segment.lastIndexOf('.');
  if (dot <= 0 || segment === '..') return 0;
  return segment.length - dot;
}

function basename(path, suffix, start, isSeparator) {
  if (suffix !== undefined) validateString(suffix, 'suffix');
  validateString(path, 'path');
  const { begin, end } = lastSegment(path, start, isSeparator);
  const base = path.slice(begin, end);
  if (suffix === undefined || suffix.length === 0 || suffix.length > path.length) return base;
  if (suffix === path) return '';
  if (base.endsWith(suffix)) return base === suffix ? base : base.slice(0, -suffix.length);
  // As in Node: a suffix that goes on beyond the segment keeps the trailing separators.
  return suffix.endsWith(base) ? path.slice(begin) : base;
}

function extname(path, start, isSeparator) {
  validateString(path, 'path');
  const { begin, end } = lastSegment(path, start, isSeparator);
  const base = path.slice(begin, end);
  const length = extensionLength(base);
  return length === 0 ? '' : base.slice(-length);
}

/** Fills in base, name and ext of a parsed path whose root ends at `start`. */
function parseBase(result, path, start, isSeparator) {
  const { begin, end } = lastSegment(path, start, isSeparator);
  const base = path.slice(begin, end);
  const length = extensionLength(base);
  result.base = base;
  result.ext = length === 0 ? '' : base.slice(-length);
  result.name = length === 0 ? base : base.slice(0, -length);
  return begin;
}

function format(separator, pathObject) {
  validateObject(pathObject, 'pathObject');
  const dir = pathObject.dir || pathObject.root;
  const ext = pathObject.ext ? `${pathObject.ext[0] === '.' ? '' : '.'}${pathObject.ext}` : '';
  const base = pathObject.base || `${pathObject.name || ''}${ext}`;
  if (!dir) return base;
  return dir === pathObject.root ? `${dir}${base}` : `${dir}${separator}${base}`;
}

module.exports = { basename, extname, format, normalizeSegments, parseBase };
