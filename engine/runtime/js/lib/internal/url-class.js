// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The class URL over the parser's records.

const { codes } = require('../../core/errors');
const { tag } = require('./event');
const { inspect } = require('./inspect');
const { fragmentSet, percentEncode, userinfoSet } = require('./url-host');
const { isSpecial, parseHost, parsePath, parseUrl, pathText, serializeUrl, setAuthorityHost, setPort,
        setQuery } = require('./url-parser');
const { URLSearchParams, attach, reset } = require('./url-search-params');
const utf8 = require('./utf8');

const record = Symbol('context');
const params = Symbol('query');

function recordOf(url) {
  if (url === undefined || url === null || url[record] === undefined) throw new codes.ERR_INVALID_THIS('URL');
  return url[record];
}

/** The record of an input against an optional base text; undefined when one of them is not valid. */
function parseInput(input, base) {
  const baseRecord = base === undefined ? undefined : parseUrl(utf8.toWellFormed(base));
  if (base !== undefined && baseRecord === undefined) return undefined;
  return parseUrl(utf8.toWellFormed(input), baseRecord);
}

function clean(value) {
  return utf8.toWellFormed(`${value}`).replace(/[\t\n\r]/g, '');
}

const cannotHaveCredentials = (url) => url.host === null || url.host === '' || url.scheme === 'file';

class URL {
  constructor(input, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    const text = `${input}`;
    const baseText = base === undefined ? undefined : `${base}`;
    const parsed = parseInput(text, baseText);
    if (parsed === undefined) throw new codes.ERR_INVALID_URL(text, baseText);
    Object.defineProperty(this, record, { value: parsed, writable: true });
    Object.defineProperty(this, params, { value: undefined, writable: true });
  }

  static parse(input, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    return URL.canParse(input, base) ? new URL(input, base) : null;
  }

  static canParse(url, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    return parseInput(`${url}`, base === undefined ? undefined : `${base}`) !== undefined;
  }

  static createObjectURL() {
    throw new Error('not supported by Loopscope: URL.createObjectURL');
  }

  static revokeObjectURL() {
    throw new Error('not supported by Loopscope: URL.revokeObjectURL');
  }

  [inspect.custom](depth, options) {
    recordOf(this);
    if (typeof depth === 'number' && depth < 0) return this;
    const { constructor } = this;
    const shown = Object.create({ constructor });
    for (const name of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname',
                        'search', 'searchParams', 'hash']) shown[name] = this[name];
    return `${constructor.name} ${inspect(shown, options)}`;
  }

  toString() {
    return serializeUrl(recordOf(this));
  }

  toJSON() {
    return serializeUrl(recordOf(this));
  }

  get href() {
    return serializeUrl(recordOf(this));
  }

  set href(value) {
    recordOf(this);
    const text = `${value}`;
    const parsed = parseInput(text);
    if (parsed === undefined) throw new codes.ERR_INVALID_URL(text);
    this[record] = parsed;
    if (this[params] !== undefined) reset(this[params], parsed.query || '');
  }

  get origin() {
    const url = recordOf(this);
    if (url.scheme === 'blob') {
      const inner = parseUrl(pathText(url));
      return inner !== undefined && (inner.scheme === 'http' || inner.scheme === 'https') ? originOf(inner) : 'null';
    }
    return originOf(url);
  }

  get protocol() {
    return `${recordOf(this).scheme}:`;
  }

  set protocol(value) {
    const url = recordOf(this);
    const match = /^([A-Za-z][A-Za-z0-9+\-.]*)(?::|$)/.exec(clean(value));
    if (match === null) return;
    const scheme = match[1].toLowerCase();
    if (isSpecial(scheme) !== isSpecial(url.scheme)) return;
    if (scheme === 'file' && (url.username !== '' || url.password !== '' || url.port !== null)) return;
    if (url.scheme === 'file' && url.host === '') return;
    url.scheme = scheme;
    if (url.port !== null) setPort(url, String(url.port));
  }

  get username() {
    return recordOf(this).username;
  }

  set username(value) {
    const url = recordOf(this);
    if (!cannotHaveCredentials(url)) url.username = percentEncode(utf8.toWellFormed(`${value}`), userinfoSet);
  }

  get password() {
    return recordOf(this).password;
  }

  set password(value) {
    const url = recordOf(this);
    if (!cannotHaveCredentials(url)) url.password = percentEncode(utf8.toWellFormed(`${value}`), userinfoSet);
  }

  get host() {
    const { host, port } = recordOf(this);
    if (host === null) return '';
    return port === null ? host : `${host}:${port}`;
  }

  set host(value) {
    setHost(recordOf(this), clean(value), true);
  }

  get hostname() {
    const { host } = recordOf(this);
    return host === null ? '' : host;
  }

  set hostname(value) {
    setHost(recordOf(this), clean(value), false);
  }

  get port() {
    const { port } = recordOf(this);
    return port === null ? '' : String(port);
  }

  set port(value) {
    const url = recordOf(this);
    if (cannotHaveCredentials(url)) return;
    const text = clean(value);
    if (text === '') {
      url.port = null;
      return;
    }
    setPortText(url, text);
  }

  get pathname() {
    return pathText(recordOf(this));
  }

  set pathname(value) {
    const url = recordOf(this);
    if (typeof url.path === 'string') return;
    url.path = [];
    const text = clean(value);
    const startsWithSlash = text[0] === '/' || (isSpecial(url.scheme) && text[0] === '\\');
    const rest = startsWithSlash ? text.slice(1) : text;
    if (text === '' && !isSpecial(url.scheme)) return;
    parsePath(url, rest.replace(/\?/g, '%3F').replace(/#/g, '%23'), false);
  }

  get search() {
    const { query } = recordOf(this);
    return query === null || query === '' ? '' : `?${query}`;
  }

  set search(value) {
    const url = recordOf(this);
    const text = clean(value).replace(/^\?/, '');
    if (`${value}` === '') url.query = null;
    else setQuery(url, text.replace(/#/g, '%23'));
    if (this[params] !== undefined) reset(this[params], text);
  }

  get searchParams() {
    const url = recordOf(this);
    if (this[params] === undefined) {
      this[params] = new URLSearchParams();
      reset(this[params], url.query === null ? '' : url.query);
      attach(this[params], () => {
        const text = this[params].toString();
        this[record].query = text === '' ? null : text;
      });
    }
    return this[params];
  }

  get hash() {
    const { fragment } = recordOf(this);
    return fragment === null || fragment === '' ? '' : `#${fragment}`;
  }

  set hash(value) {
    const url = recordOf(this);
    const text = clean(value).replace(/^#/, '');
    url.fragment = `${value}` === '' ? null : percentEncode(text, fragmentSet);
  }
}

function originOf(url) {
  if (!isSpecial(url.scheme) || url.scheme === 'file') return 'null';
  return `${url.scheme}://${url.host}${url.port === null ? '' : `:${url.port}`}`;
}

/** As in Node 20, text that has digits but does not begin with one takes the port away. */
function setPortText(url, text) {
  const digits = /^[0-9]+/.exec(text);
  if (digits !== null) setPort(url, digits[0]);
  else if (/^[^ ].*[0-9]/.test(text)) url.port = null;
}

/** The setters host and hostname: what is not valid leaves the record as it was. */
function setHost(url, text, withPort) {
  if (typeof url.path === 'string') return;
  const special = isSpecial(url.scheme);
  const part = /^(?:\[[^\]]*\]?|[^/?#\\:])*/;
  const stop = text.search(special ? /[/\\?#]/ : /[/?#]/);
  const authority = stop === -1 ? text : text.slice(0, stop);
  if (url.scheme === 'file') {
    const host = authority === '' ? '' : parseHost(authority, false);
    if (host !== undefined && !authority.includes(':')) url.host = host === 'localhost' ? '' : host;
    return;
  }
  const [name] = part.exec(authority);
  if (name === '' && (special || authority !== '' || url.username !== '' || url.password !== '' || url.port !== null)) return;
  if (!withPort && authority.length > name.length && authority[name.length] === ':') return;
  const copy = Object.assign({}, url);
  if (!setAuthorityHost(copy, name)) return;
  url.host = copy.host;
  if (withPort && authority[name.length] === ':') setPortText(url, authority.slice(name.length + 1));
}

for (const name of ['toString', 'href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port',
                    'pathname', 'search', 'searchParams', 'hash', 'toJSON']) {
  Object.defineProperty(URL.prototype, name, { enumerable: true });
}
for (const name of ['canParse', 'createObjectURL', 'revokeObjectURL', 'parse']) {
  Object.defineProperty(URL, name, { enumerable: true });
}
tag(URL, 'URL');

module.exports = { URL };
