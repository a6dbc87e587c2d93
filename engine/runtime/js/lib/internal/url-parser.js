// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The basic URL parser of the URL Standard (https://url.spec.whatwg.org/#concept-basic-url-parser).
// A record is { scheme, username, password, host, port, path, query, fragment }: host and port null when absent,
// path an array of segments or one opaque string, query and fragment null when absent.

const { fragmentSet, noSet, parseHost, pathSet, percentEncode, querySet, specialQuerySet,
        userinfoSet } = require('./url-host');

const specialPorts = { 'ftp': 21, 'file': null, 'http': 80, 'https': 443, 'ws': 80, 'wss': 443 };

function isSpecial(scheme) {
  return Object.prototype.hasOwnProperty.call(specialPorts, scheme);
}

function isDriveLetter(segment) {
  return /^[A-Za-z][:|]$/.test(segment);
}

function startsWithDriveLetter(text) {
  return /^[A-Za-z][:|](?:[/\\?#]|$)/.test(text);
}

const singleDot = (segment) => /^(?:\.|%2e)$/i.test(segment);
const doubleDot = (segment) => /^(?:\.|%2e)(?:\.|%2e)$/i.test(segment);

function newRecord() {
  return { scheme: '', username: '', password: '', host: null, port: null, path: [], query: null, fragment: null };
}

function shortenPath(record) {
  const { path } = record;
  if (record.scheme === 'file' && path.length === 1 && /^[A-Za-z]:$/.test(path[0])) return;
  path.pop();
}

/** Splits at the first character that is one of `delimiters`: [before, the rest with its delimiter]. */
function splitAt(text, delimiters) {
  for (let i = 0; i < text.length; ++i) {
    if (delimiters.includes(text[i])) return [text.slice(0, i), text.slice(i)];
  }
  return [text, ''];
}

/** Sets the port from its digits; false when they are too large or none. */
function setPort(record, digits) {
  if (!/^[0-9]*$/.test(digits)) return false;
  if (digits === '') {
    record.port = null;
    return true;
  }
  const port = parseInt(digits, 10);
  if (port > 65535) return false;
  record.port = specialPorts[record.scheme] === port ? null : port;
  return true;
}

/** Parses "host:port" into the record; false when it is not valid. */
function setAuthorityHost(record, text) {
  const special = isSpecial(record.scheme);
  const bracket = text[0] === '[' ? text.indexOf(']') : -1;
  const colon = text.indexOf(':', bracket === -1 ? 0 : bracket);
  const hostText = colon === -1 ? text : text.slice(0, colon);
  if (hostText === '' && (special || colon !== -1)) return false;
  const host = hostText === '' ? '' : parseHost(hostText, !special);
  if (host === undefined) return false;
  record.host = host;
  return colon === -1 || setPort(record, text.slice(colon + 1));
}

function setCredentials(record, text) {
  const colon = text.indexOf(':');
  record.username = percentEncode(colon === -1 ? text : text.slice(0, colon), userinfoSet);
  record.password = colon === -1 ? '' : percentEncode(text.slice(colon + 1), userinfoSet);
}

/** After "//": credentials, host and port. Returns what follows, undefined when it is not valid. */
function parseAuthority(record, text) {
  const [authority, rest] = splitAt(text, isSpecial(record.scheme) ? '/\\?#' : '/?#');
  const at = authority.lastIndexOf('@');
  if (at !== -1) {
    setCredentials(record, authority.slice(0, at));
    if (at === authority.length - 1) return undefined;
  }
  return setAuthorityHost(record, authority.slice(at + 1)) ? rest : undefined;
}

/** Appends path segments; the text starts after the slash of the first. Returns the rest (query, fragment). */
function parsePath(record, text, stopAtQuery = true) {
  const special = isSpecial(record.scheme);
  const [pathText, rest] = stopAtQuery ? splitAt(text, '?#') : [text, ''];
  const segments = pathText.split(special ? /[/\\]/ : '/');
  segments.forEach((raw, i) => {
    const isLast = i === segments.length - 1;
    const segment = percentEncode(raw, pathSet);
    if (doubleDot(segment)) {
      shortenPath(record);
      if (isLast) record.path.push('');
    } else if (singleDot(segment)) {
      if (isLast) record.path.push('');
    } else if (record.scheme === 'file' && record.path.length === 0 && isDriveLetter(segment)) {
      record.path.push(`${segment[0]}:`);
    } else {
      record.path.push(segment);
    }
  });
  return rest;
}

/** "/path", "path" or nothing after the host. */
function parsePathStart(record, text) {
  const special = isSpecial(record.scheme);
  if (special) return parsePath(record, text[0] === '/' || text[0] === '\\' ? text.slice(1) : text);
  if (text === '' || text[0] === '?' || text[0] === '#') return text;
  return parsePath(record, text[0] === '/' ? text.slice(1) : text);
}

function parseTail(record, text) {
  let rest = text;
  if (rest[0] === '?') {
    const hash = rest.indexOf('#');
    setQuery(record, hash === -1 ? rest.slice(1) : rest.slice(1, hash));
    rest = hash === -1 ? '' : rest.slice(hash);
  }
  if (rest[0] === '#') record.fragment = percentEncode(rest.slice(1), fragmentSet);
  return record;
}

function setQuery(record, text) {
  record.query = percentEncode(text, isSpecial(record.scheme) ? specialQuerySet : querySet);
}

function copyFrom(record, base, names) {
  for (const name of names) record[name] = name === 'path' && Array.isArray(base.path) ? base.path.slice() : base[name];
}

const isSlash = (character, special) => character === '/' || (special && character === '\\');

function parseFile(record, text, base) {
  record.scheme = 'file';
  record.host = '';
  const fileBase = base !== undefined && base.scheme === 'file' ? base : undefined;
  if (isSlash(text[0], true)) {
    if (isSlash(text[1], true)) return parseFileHost(record, text.slice(2));
    if (fileBase !== undefined) {
      record.host = fileBase.host;
      const [first] = fileBase.path;
      if (!startsWithDriveLetter(text.slice(1)) && first !== undefined && /^[A-Za-z]:$/.test(first)) record.path.push(first);
    }
    return parseTail(record, parsePath(record, text.slice(1)));
  }
  if (fileBase === undefined) return parseTail(record, parsePathStart(record, text));
  copyFrom(record, fileBase, ['host', 'path', 'query']);
  if (text[0] === '?' || text[0] === '#' || text === '') {
    if (text[0] === '?') record.query = null;
    return parseTail(record, text);
  }
  record.query = null;
  if (startsWithDriveLetter(text)) record.path = [];
  else shortenPath(record);
  return parseTail(record, parsePath(record, text));
}

function parseFileHost(record, text) {
  const [hostText, rest] = splitAt(text, '/\\?#');
  // "file://C:/" is a drive, not a host.
  if (isDriveLetter(hostText)) return parseTail(record, parsePath(record, text));
  if (hostText !== '') {
    const host = parseHost(hostText, false);
    if (host === undefined) return undefined;
    record.host = host === 'localhost' ? '' : host;
  }
  return parseTail(record, parsePathStart(record, rest));
}

function parseRelative(record, text, base) {
  const special = isSpecial(base.scheme);
  record.scheme = base.scheme;
  if (isSlash(text[0], special)) {
    if (isSlash(text[1], special)) {
      const rest = special ? text.replace(/^[/\\]+/, '') : text.slice(2);
      return finishAuthority(record, rest);
    }
    copyFrom(record, base, ['username', 'password', 'host', 'port']);
    return parseTail(record, parsePath(record, text.slice(1)));
  }
  copyFrom(record, base, ['username', 'password', 'host', 'port', 'path', 'query']);
  if (text[0] === '?') {
    record.query = null;
  } else if (text !== '' && text[0] !== '#') {
    record.query = null;
    shortenPath(record);
    return parseTail(record, parsePath(record, text));
  }
  return parseTail(record, text);
}

function finishAuthority(record, text) {
  const rest = parseAuthority(record, text);
  return rest === undefined ? undefined : parseTail(record, parsePathStart(record, rest));
}

function parseWithScheme(record, text, base) {
  const { scheme } = record;
  if (scheme === 'file') return parseFile(record, text, base);
  if (isSpecial(scheme)) {
    if (base !== undefined && base.scheme === scheme && !/^[/\\]{2}/.test(text)) {
      // "http:x" against another http URL is relative.
      if (!/^\/\//.test(text)) return parseRelative(record, text, base);
    }
    return finishAuthority(record, text.replace(/^[/\\]+/, ''));
  }
  if (text[0] === '/') {
    if (text[1] === '/') return finishAuthority(record, text.slice(2));
    return parseTail(record, parsePath(record, text.slice(1)));
  }
  const [opaque, rest] = splitAt(text, '?#');
  record.path = percentEncode(opaque, noSet);
  return parseTail(record, rest);
}

/** The record of a URL, perhaps relative to a base record; undefined when it is not valid. */
function parseUrl(input, base) {
  // eslint-disable-next-line no-control-regex
  const text = input.replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, '').replace(/[\t\n\r]/g, '');
  const record = newRecord();
  const match = /^([A-Za-z][A-Za-z0-9+\-.]*):/.exec(text);
  if (match !== null) {
    record.scheme = match[1].toLowerCase();
    return parseWithScheme(record, text.slice(match[0].length), base);
  }
  if (base === undefined) return undefined;
  if (typeof base.path === 'string') {
    if (text[0] !== '#') return undefined;
    copyFrom(record, base, ['scheme', 'path', 'query']);
    return parseTail(record, text);
  }
  return base.scheme === 'file' ? parseFile(record, text, base) : parseRelative(record, text, base);
}

function pathText(record) {
  if (typeof record.path === 'string') return record.path;
  return record.path.map((segment) => `/${segment}`).join('');
}

function serializeUrl(record, { fragment = true } = {}) {
  let result = `${record.scheme}:`;
  if (record.host !== null) {
    result += '//';
    if (record.username !== '' || record.password !== '') {
      result += record.username + (record.password === '' ? '' : `:${record.password}`);
      result += '@';
    }
    result += record.host + (record.port === null ? '' : `:${record.port}`);
  } else if (Array.isArray(record.path) && record.path.length > 1 && record.path[0] === '') {
    // Otherwise the path would read as a host.
    result += '/.';
  }
  result += pathText(record);
  if (record.query !== null) result += `?${record.query}`;
  if (fragment && record.fragment !== null) result += `#${record.fragment}`;
  return result;
}

module.exports = {
  isSpecial,
  parseHost,
  parsePath,
  parseUrl,
  pathText,
  serializeUrl,
  setAuthorityHost,
  setPort,
  setQuery,
  specialPorts,
};
