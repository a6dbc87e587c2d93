// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { codes } = require('../core/errors');
const { validateString } = require('../core/validators');
const path = require('./path');
const legacy = require('./internal/url-legacy');
const host = require('./internal/url-host');
const { URL } = require('./internal/url-class');
const { URLSearchParams } = require('./internal/url-search-params');

/** As the host of an address; '' if it can be none. A setter that fails leaves the host that was there. */
function asDomain(domain) {
  if (domain === undefined) throw new codes.ERR_MISSING_ARGS('domain');
  const [one, other] = ['ws://x', 'ws://y'].map((address) => Object.assign(new URL(address), { hostname: `${domain}` }).hostname);
  return one === other ? one : '';
}

function isUrl(value) {
  return Boolean(value && value.href && value.protocol && value.auth === undefined && value.path === undefined);
}

function fileURLToPath(input) {
  let url = input;
  if (typeof input === 'string') url = new URL(input);
  else if (!isUrl(input)) throw new codes.ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], input);
  if (url.protocol !== 'file:') throw new codes.ERR_INVALID_URL_SCHEME('file');
  if (url.hostname !== '') throw new codes.ERR_INVALID_FILE_URL_HOST(process.platform);
  if (/%2f/i.test(url.pathname)) throw new codes.ERR_INVALID_FILE_URL_PATH('must not include encoded / characters');
  return decodeURIComponent(url.pathname);
}

const pathEscapes = /[%\t\n\r "#?[\\\]^|~]/g;

function pathToFileURL(filePath) {
  validateString(filePath, 'path');
  let resolved = path.resolve(filePath);
  if (filePath.endsWith('/') && !resolved.endsWith('/')) resolved += '/';
  const encoded = resolved.replace(pathEscapes, (character) =>
    `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  return new URL(`file://${encoded}`);
}

function urlToHttpOptions(url) {
  const { hostname, pathname, port, username, password, search } = url;
  const options = Object.assign(Object.create(null), url, {
    protocol: url.protocol,
    hostname: hostname && hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href: url.href,
  });
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

module.exports = {
  Url: legacy.Url,
  parse: legacy.parse,
  resolve: legacy.resolve,
  resolveObject: legacy.resolveObject,
  format: legacy.format,
  URL,
  URLSearchParams,
  domainToASCII: asDomain,
  domainToUnicode: (domain) => host.punycode.toUnicode(asDomain(domain)),
  pathToFileURL,
  fileURLToPath,
  urlToHttpOptions,
};
