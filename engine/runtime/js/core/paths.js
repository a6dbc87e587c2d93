// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The few path and file-URL functions that the module loader needs; `path` and `url` live in the library, which a plain script never loads.

/** The folder of an absolute path; "/" for the root. */
function dirname(path) {
  const at = path.lastIndexOf('/', path.length - 2);
  return at <= 0 ? '/' : path.slice(0, at);
}

/** The suffix with its dot, of the last part; "" if there is none. */
function extname(path) {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const at = name.lastIndexOf('.');
  return at <= 0 ? '' : name.slice(at);
}

/** An absolute path without ".", ".." and empty parts. A closing "/" is kept. */
function normalize(path) {
  const parts = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const closes = parts.length > 0 && /(^|\/)\.{0,2}$/.test(path);
  return `/${parts.join('/')}${closes ? '/' : ''}`;
}

/** `path` as seen from the absolute folder `base`. */
function resolve(base, path) {
  const full = normalize(path.startsWith('/') ? path : `${base}/${path}`);
  return full.length > 1 && full.endsWith('/') ? full.slice(0, -1) : full;
}

const escapes = { '%5B': '[', '%5D': ']', '%5E': '^', '%7C': '|', '#': '%23', '?': '%3F' };

function pathToFileURL(path) {
  return `file://${encodeURI(path).replace(/%5B|%5D|%5E|%7C|#|\?/g, (text) => escapes[text])}`;
}

/** The path of a file: URL; query and fragment do not count. */
function fileURLToPath(url) {
  const end = url.search(/[?#]/);
  const path = (end === -1 ? url : url.slice(0, end)).slice('file://'.length);
  return decodeURIComponent(path.replace(/^localhost\//, '/'));
}

module.exports = { dirname, extname, normalize, resolve, pathToFileURL, fileURLToPath };
