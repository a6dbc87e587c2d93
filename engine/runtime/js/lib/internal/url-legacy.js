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

/** End of the host part: the first character that cannot belong to it, after the last @ before it. */
function splitHost(rest) {
  const hard = rest.search(/[\t\n\r "'<>\\^`{|};/?#]/);
  const isRealEnd = (index) => index !== -1 && '/?#'.includes(rest[index]);
  let end = rest.search(/[/?#]/);
  if (end === -1) end = rest.length;
  const at = rest.lastIndexOf('@', end - 1);
  const start = at + 1;
  let hostEnd = start + rest.slice(start).search(/[\t\n\r "'<>\\^`{|};%/?#]/);
  if (hostEnd < start) hostEnd = rest.length;
  return { auth: at === -1 ? undefined : rest.slice(0, at), host: rest.slice(start, hostEnd), rest: rest.slice(hostEnd),
           hard: isRealEnd(hard) };
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

function parseHostname(url, original) {
  const isIPv6 = url.hostname[0] === '[' && url.hostname[url.hostname.length - 1] === ']';
  let rest = '';
  if (!isIPv6) {
    const bad = url.hostname.search(/[/\\#?:]/);
    if (bad !== -1) {
      rest = `/${url.hostname.slice(bad)}`;
      url.hostname = url.hostname.slice(0, bad);
    }
  }
  url.hostname = url.hostname.length > 255 ? '' : url.hostname.toLowerCase();
  if (!isIPv6 && url.hostname !== '') {
    const ascii = domainToASCII(url.hostname);
    if (ascii === undefined || ascii === '' || /[\0\t\n\r #%/:<>?@[\\\]^|]/.test(ascii)) {
      throw new codes.ERR_INVALID_URL(original);
    }
    url.hostname = ascii;
  }
  url.host = url.hostname + (url.port ? `:${url.port}` : '');
  if (isIPv6) {
    url.hostname = url.hostname.slice(1, -1);
    if (rest !== '' && rest[0] !== '/') rest = `/${rest}`;
  }
  return rest;
}

Url.prototype.parse = function parse(text, parseQueryString, slashesDenoteHost) {
  validateString(text, 'url');
  let rest = fixBackslashes(text.trim());
  const simple = !slashesDenoteHost && !rest.includes('#') && /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/.exec(rest);
  if (simple && !/[\t\n\r "'<>\\^`{|}]/.test(rest) && !/^\/\//.test(rest)) {
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
  let hasSlashes = false;
  if (slashesDenoteHost || protocol !== undefined || /^\/\/[^@/]+@[^@/]+/.test(rest)) {
    hasSlashes = rest.startsWith('//');
    if (hasSlashes && !(protocol !== undefined && isHostless(protocol))) {
      rest = rest.slice(2);
      this.slashes = true;
    }
  }
  if (!(protocol !== undefined && isHostless(protocol)) &&
      (hasSlashes || (protocol !== undefined && !isSlashed(protocol)))) {
    const parts = splitHost(rest);
    if (parts.auth !== undefined) this.auth = decodeURIComponent(parts.auth);
    setHostParts(this, parts.host);
    rest = parseHostname(this, text) + parts.rest;
  }
  if (!(protocol !== undefined && isHostless(protocol))) rest = autoEscape(rest);
  splitTail(this, rest, parseQueryString);
  if (protocol !== undefined && isSlashed(protocol) && this.hostname && !this.pathname) this.pathname = '/';
  if (this.pathname || this.search) this.path = (this.pathname || '') + (this.search || '');
  this.href = this.format();
  return this;
};

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

function resolveDots(segments, isAbsolute) {
  const result = [];
  let up = 0;
  for (const segment of segments) {
    if (segment === '.') continue;
    if (segment !== '..') result.push(segment);
    else if (result.length > 0 && result[result.length - 1] !== '..') result.pop();
    else if (!isAbsolute) ++up;
  }
  return new Array(up).fill('..').concat(result);
}

/** Path of `relative` against the path of the base, as browsers do it. `isRooted`: no `..` leads out of it, with or without a slash in front. */
function mergePaths(basePath, relativePath, isRooted = false) {
  if (relativePath === null || relativePath === '') return basePath;
  const from = relativePath[0] === '/' ? relativePath : (basePath || '').replace(/[^/]*$/, '') + relativePath;
  const isAbsolute = from[0] === '/';
  const endsAsFolder = /(?:^|\/)\.{1,2}$/.test(from);
  const segments = resolveDots(from.replace(/^\//, '').split('/'), isAbsolute || isRooted);
  let path = segments.join('/');
  if (endsAsFolder && path !== '' && !path.endsWith('/')) path += '/';
  return isAbsolute ? `/${path}` : path;
}

/** "https:c" against another protocol: the first segment is the host. */
function takeHostFromPath(url) {
  const segments = (url.pathname || '').split('/').filter((segment, i) => segment !== '' || i > 0);
  url.host = segments.shift() || '';
  url.hostname = url.host;
  url.slashes = true;
  url.pathname = `/${segments.join('/')}`;
}

Url.prototype.resolveObject = function resolveObject(given) {
  const relative = typeof given === 'string' ? urlParse(given, false, true) : given;
  const result = Object.assign(new Url(), this);
  result.hash = relative.hash;
  if (relative.href === '') {
    result.href = result.format();
    return result;
  }
  if (relative.protocol && relative.protocol !== result.protocol) {
    Object.assign(result, relative);
    if (isSlashed(relative.protocol) && !relative.host && !/^file:?$/.test(relative.protocol)) takeHostFromPath(result);
    result.pathname = isSlashed(relative.protocol) && result.pathname ? mergePaths('/', result.pathname) : result.pathname;
  } else if (relative.slashes && (relative.host || relative.hostname !== null)) {
    const { auth, host } = result;
    for (const name of ['slashes', 'auth', 'host', 'port', 'hostname', 'search', 'query']) result[name] = relative[name];
    if (relative.protocol && !relative.auth && relative.host === host) result.auth = auth;
    result.pathname = relative.pathname || (isSlashed(result.protocol) && relative.hostname ? '/' : null);
  } else if (result.protocol && !isSlashed(result.protocol) && result.host && (relative.host || relative.pathname)) {
    // What looks like the host of such a protocol is the first part of its path.
    const path = (relative.host || '') + (relative.pathname || '');
    const [host, ...rest] = mergePaths(result.host + (result.pathname || ''), path, true).split('/');
    const [auth, name] = host.indexOf('@') > 0 ? host.split('@') : [relative.host === null ? result.auth : null, host];
    result.auth = relative.auth || auth;
    result.host = name;
    result.hostname = name;
    result.pathname = rest.length > 0 ? `/${rest.join('/')}` : null;
    result.search = relative.search;
    result.query = relative.query;
  } else if (relative.pathname) {
    const base = result.pathname || (result.host ? '/' : '');
    result.pathname = mergePaths(base, relative.pathname);
    result.search = relative.search;
    result.query = relative.query;
  } else if (relative.search !== null && relative.search !== undefined) {
    result.search = relative.search;
    result.query = relative.query;
  }
  if (result.pathname !== null || result.search !== null) result.path = (result.pathname || '') + (result.search || '');
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
