// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The old url.parse, url.format and url.resolve.

const { codes } = require('../../core/errors');
const { validateObject, validateString } = require('../../core/validators');
const querystring = require('../querystring');
const { domainToASCII } = require('./url-host');

const slashed = new Set(['http', 'https', 'ftp', 'gopher', 'file', 'ws', 'wss']);
const hostless = new Set(['javascript']);
const isSlashed = (protocol) => slashed.has(protocol.replace(/:$/, ''));
const isHostless = (protocol) => hostless.has(protocol.replace(/:$/, ''));

const escapes = { '\t': '%09', '\n': '%0A', '\r': '%0D', ' ': '%20', '"': '%22', "'": '%27', '<': '%3C', '>': '%3E',
                  '\\': '%5C', '^': '%5E', '`': '%60', '{': '%7B', '|': '%7C', '}': '%7D' };

function autoEscape(text) {
  return text.replace(/[\t\n\r "'<>\\^`{|}]/g, (character) => escapes[character]);
}

function Url() {
  this.protocol = null;
  this.slashes = null;
  this.auth = null;
  this.host = null;
  this.port = null;
  this.hostname = null;
  this.hash = null;
  this.search = null;
  this.query = null;
  this.pathname = null;
  this.path = null;
  this.href = null;
}

function fixBackslashes(text) {
  const query = text.search(/[?#]/);
  const end = query === -1 ? text.length : query;
  return text.slice(0, end).replace(/\\/g, '/') + text.slice(end);
}

/** Without white space at its ends, in which this parser counts all control characters. */
function trim(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/^[\0-\x20\u00a0\ufeff]+/, '').replace(/[\0-\x20\u00a0\ufeff]+$/, '');
}

/** Splits off the host: what stands before the first / ? #, up to the first character after the last @ that no host may hold. */
function splitHost(text) {
  const stop = text.search(/[/?#]/);
  const head = (stop === -1 ? text : text.slice(0, stop)).replace(/[\t\n\r]/g, '');
  const start = head.lastIndexOf('@') + 1;
  const bad = head.slice(start).search(/[ "%';<>\\^`{|}]/);
  const end = bad === -1 ? head.length : start + bad;
  return { auth: start === 0 ? undefined : head.slice(0, start - 1), host: head.slice(start, end),
           rest: head.slice(end) + (stop === -1 ? '' : text.slice(stop)) };
}

function setHostParts(url, host) {
  const port = /:([0-9]*)$/.exec(host);
  let name = host;
  if (port !== null) {
    if (port[1] !== '') [, url.port] = port;
    name = host.slice(0, host.length - port[0].length);
  }
  url.hostname = name;
}

let hasWarned = false;

function warnOfPort(original) {
  if (hasWarned) return;
  hasWarned = true;
  process.emitWarning(`The URL ${original} is invalid. Future versions of Node.js will throw an error.`, 'DeprecationWarning', 'DEP0170');
}

/** Checks and unifies url.hostname; gives the rest of the address, which takes what is no host name. */
function parseHostname(url, after, original) {
  const isIPv6 = url.hostname[0] === '[' && url.hostname.endsWith(']');
  let rest = after;
  if (!isIPv6) {
    const bad = url.hostname.search(/[/\\#?:]/);
    if (bad !== -1) {
      if (url.hostname[bad] === ':') warnOfPort(original);
      rest = `/${url.hostname.slice(bad)}${rest}`;
      url.hostname = url.hostname.slice(0, bad);
    }
  }
  url.hostname = url.hostname.length > 255 ? '' : url.hostname.toLowerCase();
  if (url.hostname !== '') {
    if (!isIPv6) url.hostname = domainToASCII(url.hostname) || '';
    const forbidden = isIPv6 ? /[\0\t\n\r #%/<>?@\\^|]/ : /[\0\t\n\r #%/:<>?@[\\\]^|]/;
    if (url.hostname === '' || forbidden.test(url.hostname)) throw new codes.ERR_INVALID_URL(original);
  }
  url.host = url.hostname + (url.port ? `:${url.port}` : '');
  if (isIPv6) {
    url.hostname = url.hostname.slice(1, -1);
    if (rest[0] !== '/') rest = `/${rest}`;
  }
  return rest;
}

Url.prototype.parse = function parse(text, parseQueryString, slashesDenoteHost) {
  validateString(text, 'url');
  let rest = fixBackslashes(trim(text));
  const hasAt = /^[^?#]*@/.test(rest);
  const simple = !slashesDenoteHost && !hasAt && !rest.includes('#') && /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/.exec(rest);
  if (simple) {
    this.path = rest;
    this.href = rest;
    [, this.pathname] = simple;
    setSearch(this, simple[2], parseQueryString);
    return this;
  }
  const scheme = /^[a-z0-9.+-]+:/i.exec(rest);
  let protocol;
  if (scheme !== null) {
    protocol = scheme[0].toLowerCase();
    this.protocol = protocol;
    rest = rest.slice(scheme[0].length);
  }
  const mayHaveHost = protocol === undefined || !isHostless(protocol);
  let hasSlashes = false;
  if (slashesDenoteHost || protocol !== undefined || /^\/\/[^@/]+@[^@/]+/.test(rest)) {
    hasSlashes = rest.startsWith('//');
    if (hasSlashes && mayHaveHost) {
      rest = rest.slice(2);
      this.slashes = true;
    }
  }
  // "HTTP:x" has a host, "http:x" has not.
  if (mayHaveHost && (hasSlashes || (protocol !== undefined && !isSlashed(scheme[0])))) {
    const parts = splitHost(rest);
    if (parts.auth !== undefined) this.auth = decodeURIComponent(parts.auth);
    setHostParts(this, parts.host);
    rest = parseHostname(this, parts.rest, text);
  }
  if (mayHaveHost) rest = autoEscape(rest);
  splitTail(this, rest, parseQueryString);
  if (protocol !== undefined && isSlashed(protocol) && this.hostname && !this.pathname) this.pathname = '/';
  setPath(this);
  this.href = this.format();
  return this;
};

/** What http.request asks for. */
function setPath(url) {
  if (url.pathname || url.search) url.path = (url.pathname || '') + (url.search || '');
}

function setSearch(url, search, parseQueryString) {
  if (search) {
    url.search = search;
    url.query = parseQueryString ? querystring.parse(search.slice(1)) : search.slice(1);
  } else if (parseQueryString) {
    url.search = null;
    url.query = Object.create(null);
  }
}

function splitTail(url, text, parseQueryString) {
  const hash = text.indexOf('#');
  if (hash !== -1) url.hash = text.slice(hash);
  const before = hash === -1 ? text : text.slice(0, hash);
  const question = before.indexOf('?');
  setSearch(url, question === -1 ? undefined : before.slice(question), parseQueryString);
  const path = question === -1 ? before : before.slice(0, question);
  if (path.length > 0) url.pathname = path;
}

Url.prototype.format = function format() {
  const auth = this.auth ? `${encodeURIComponent(this.auth).replace(/%3A/gi, ':')}@` : '';
  let protocol = this.protocol || '';
  let pathname = this.pathname || '';
  let hash = this.hash || '';
  let host = '';
  let query = '';
  if (this.host) {
    host = auth + this.host;
  } else if (this.hostname) {
    const isIPv6 = this.hostname.includes(':') && !/^\[.*\]$/.test(this.hostname);
    host = auth + (isIPv6 ? `[${this.hostname}]` : this.hostname) + (this.port ? `:${this.port}` : '');
  }
  if (this.query !== null && typeof this.query === 'object') query = querystring.stringify(this.query);
  let search = this.search || (query && `?${query}`) || '';
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  pathname = pathname.replace(/[#?]/g, (character) => (character === '#' ? '%23' : '%3F'));
  if (this.slashes || isSlashed(protocol)) {
    if (this.slashes || host) {
      if (pathname && pathname[0] !== '/') pathname = `/${pathname}`;
      host = `//${host}`;
    } else if (protocol.startsWith('file')) {
      host = '//';
    }
  }
  search = search.replace(/#/g, '%23');
  if (hash && hash[0] !== '#') hash = `#${hash}`;
  if (search && search[0] !== '?') search = `?${search}`;
  return protocol + host + pathname + search + hash;
};

Url.prototype.resolve = function resolve(relative) {
  return this.resolveObject(urlParse(relative, false, true)).format();
};

/** "https:c" against another protocol: the first segment with text is the host. */
function takeHostFromPath(result, relative) {
  const segments = (relative.pathname || '').split('/');
  relative.host = '';
  while (segments.length > 0 && relative.host === '') relative.host = segments.shift();
  relative.hostname = relative.hostname || '';
  if (segments[0] !== '') segments.unshift('');
  if (segments.length < 2) segments.unshift('');
  result.pathname = segments.join('/');
}

/** Against another protocol than its own, an address keeps next to nothing of the base. */
function resolveOtherProtocol(result, relative) {
  if (!isSlashed(relative.protocol)) {
    Object.assign(result, relative);
    return;
  }
  result.protocol = relative.protocol;
  if (!relative.host && !/^file:?$/.test(relative.protocol) && !isHostless(relative.protocol)) takeHostFromPath(result, relative);
  else result.pathname = relative.pathname;
  result.search = relative.search;
  result.query = relative.query;
  result.host = relative.host || '';
  result.auth = relative.auth;
  result.hostname = relative.hostname || relative.host;
  result.port = relative.port;
  setPath(result);
  result.slashes = result.slashes || relative.slashes;
}

/** Takes `.` and `..` out of the segments; gives how often `..` leads above the first. */
function removeDots(segments) {
  let up = 0;
  for (let i = segments.length - 1; i >= 0; --i) {
    if (segments[i] === '.') segments.splice(i, 1);
    else if (segments[i] === '..') {
      segments.splice(i, 1);
      ++up;
    } else if (up > 0) {
      segments.splice(i, 1);
      --up;
    }
  }
  return up;
}

/** In protocols without slashes what looks like a path starts with the host, and the host may hold the user. */
function takeHostFromSegments(result, host) {
  result.host = host;
  result.hostname = host;
  if (!host || host.indexOf('@') <= 0) return;
  const [user, name] = host.split('@');
  result.auth = user;
  result.host = name;
  result.hostname = name;
}

const splitPath = (pathname) => (pathname ? pathname.split('/') : []);

/** Puts the hosts of a protocol without slashes in front of their paths, where `..` can reach them. */
function moveHostsIntoPaths(result, relative, basePath, relativePath) {
  const prepend = (path, host) => {
    if (!host) return;
    if (path[0] === '') path[0] = host;
    else path.unshift(host);
  };
  result.hostname = '';
  result.port = null;
  prepend(basePath, result.host);
  result.host = '';
  if (!relative.protocol) return;
  relative.hostname = null;
  relative.port = null;
  result.auth = null;
  prepend(relativePath, relative.host);
  relative.host = null;
}

function takeRelativeHost(result, relative) {
  if (relative.host || relative.host === '') {
    if (result.host !== relative.host) result.auth = null;
    result.host = relative.host;
    result.port = relative.port;
  }
  if (relative.hostname || relative.hostname === '') {
    if (result.hostname !== relative.hostname) result.auth = null;
    result.hostname = relative.hostname;
  }
}

/** Whether `.` or `..` at the end, or nothing, asks for a slash there. */
function endsAsFolder(segments, hasHost) {
  const last = segments[segments.length - 1];
  return ((hasHost || segments.length > 1) && (last === '.' || last === '..')) || last === '';
}

function resolveSameProtocol(result, relative) {
  const isRelativeAbsolute = Boolean(relative.host || (relative.pathname && relative.pathname[0] === '/'));
  const isBaseAbsolute = Boolean(result.pathname && result.pathname[0] === '/');
  const staysBelowRoot = isRelativeAbsolute || isBaseAbsolute || Boolean(result.host && relative.pathname);
  let mustBeAbsolute = staysBelowRoot;
  let segments = splitPath(result.pathname);
  const relativeSegments = splitPath(relative.pathname);
  const hostInPath = Boolean(result.protocol && !isSlashed(result.protocol));
  if (hostInPath) {
    moveHostsIntoPaths(result, relative, segments, relativeSegments);
    mustBeAbsolute = mustBeAbsolute && (relativeSegments[0] === '' || segments[0] === '');
  }
  if (isRelativeAbsolute) {
    takeRelativeHost(result, relative);
    segments = relativeSegments;
  } else if (relativeSegments.length > 0) {
    segments.pop();
    segments = segments.concat(relativeSegments);
  } else if (relative.search !== null && relative.search !== undefined) {
    if (hostInPath) takeHostFromSegments(result, segments.shift());
    result.search = relative.search;
    result.query = relative.query;
    if (result.pathname !== null || result.search !== null) result.path = (result.pathname || '') + (result.search || '');
    return;
  }
  if (isRelativeAbsolute || relativeSegments.length > 0) {
    result.search = relative.search;
    result.query = relative.query;
  }
  if (segments.length === 0) {
    result.pathname = null;
    result.path = result.search ? `/${result.search}` : null;
    return;
  }
  const isFolder = endsAsFolder(segments, Boolean(result.host || relative.host));
  const up = removeDots(segments);
  if (!mustBeAbsolute && !staysBelowRoot) segments.unshift(...new Array(up).fill('..'));
  if (mustBeAbsolute && segments[0] !== '' && (!segments[0] || segments[0][0] !== '/')) segments.unshift('');
  if (isFolder && !segments.join('/').endsWith('/')) segments.push('');
  const isAbsolute = segments[0] === '' || Boolean(segments[0] && segments[0][0] === '/');
  if (hostInPath) takeHostFromSegments(result, isAbsolute || segments.length === 0 ? '' : segments.shift());
  if ((mustBeAbsolute || (result.host && segments.length > 0)) && !isAbsolute) segments.unshift('');
  result.pathname = segments.length === 0 ? null : segments.join('/');
  if (segments.length === 0) result.path = null;
  if (result.pathname !== null || result.search !== null) result.path = (result.pathname || '') + (result.search || '');
  result.auth = relative.auth || result.auth;
  result.slashes = result.slashes || relative.slashes;
}

Url.prototype.resolveObject = function resolveObject(given) {
  const relative = typeof given === 'string' ? new Url().parse(given, false, true) : given;
  const result = Object.assign(new Url(), this);
  result.hash = relative.hash;
  if (relative.href !== '') {
    if (relative.slashes && !relative.protocol) {
      const { protocol } = result;
      Object.assign(result, relative, { protocol });
      if (isSlashed(protocol || '') && result.hostname && !result.pathname) {
        result.pathname = '/';
        result.path = '/';
      }
    } else if (relative.protocol && relative.protocol !== result.protocol) {
      resolveOtherProtocol(result, relative);
    } else {
      resolveSameProtocol(result, relative);
    }
  }
  result.href = result.format();
  return result;
};

function urlParse(url, parseQueryString, slashesDenoteHost) {
  if (url instanceof Url) return url;
  return new Url().parse(url, parseQueryString, slashesDenoteHost);
}

function formatWhatwg(url, options) {
  validateObject(options, 'options');
  const wanted = (name) => options[name] === undefined || Boolean(options[name]);
  const { URL } = require('./url-class');
  const copy = new URL(url.href);
  if (!wanted('auth')) {
    copy.username = '';
    copy.password = '';
  }
  if (!wanted('fragment')) copy.hash = '';
  if (!wanted('search')) copy.search = '';
  return copy.href;
}

function urlFormat(urlObject, options = {}) {
  if (typeof urlObject === 'string') return urlParse(urlObject).format();
  if (typeof urlObject !== 'object' || urlObject === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('urlObject', ['Object', 'string'], urlObject);
  }
  const { URL } = require('./url-class');
  if (urlObject instanceof URL) return formatWhatwg(urlObject, options);
  return Url.prototype.format.call(urlObject);
}

module.exports = {
  Url,
  format: urlFormat,
  parse: urlParse,
  resolve: (source, relative) => urlParse(source, false, true).resolve(relative),
  resolveObject: (source, relative) => (source ? urlParse(source, false, true).resolveObject(relative) : relative),
};
