// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// ESM_RESOLVE of Node 20: from a specifier and the importing module's URL to a URL and the kind of module it is.

const binding = require('./binding');
const builtins = require('./builtins');
const packages = require('./packages');
const sourceFiles = require('./source-files');
const { codes } = require('./errors');
const { dirname, extname, fileURLToPath, normalize, pathToFileURL } = require('./paths');

const conditions = new Set(['node', 'import', 'module-sync', 'node-addons']);

/** An error of a kind that only the module loader has. */
function makeError(Base, code, message) {
  const error = new Base(message);
  error.code = code;
  return error;
}

const baseOf = (parentURL) => (parentURL.startsWith('file:') ? fileURLToPath(parentURL) : parentURL);

// Node resolves in functions of its own, whatever asked for the module.
const framesOfResolution = `
    at finalizeResolution (node:internal/modules/esm/resolve:283:11)
    at moduleResolve (node:internal/modules/esm/resolve:952:10)
    at defaultResolve (node:internal/modules/esm/resolve:1188:11)`;

function moduleNotFound(...about) {
  const error = new codes.ERR_MODULE_NOT_FOUND(...about);
  error.stack = `${String(error.stack).replace(/\n {4}at [^]*$/, '')}${framesOfResolution}`;
  return error;
}

/** FINALIZE_RESOLUTION */
function finalize(path, suffix, parentURL) {
  if (/%2f|%5c/i.test(path)) {
    throw new codes.ERR_INVALID_MODULE_SPECIFIER(path, 'must not include encoded "/" or "\\" characters', baseOf(parentURL));
  }
  const decoded = decodeURIComponent(path);
  const kind = binding.statKind(decoded);
  if (kind === 1) throw new codes.ERR_UNSUPPORTED_DIR_IMPORT(decoded, baseOf(parentURL), pathToFileURL(decoded));
  if (kind !== 0) throw moduleNotFound(decoded, baseOf(parentURL), pathToFileURL(decoded));
  const real = binding.realpath(decoded);
  return { url: pathToFileURL(real) + suffix, path: real };
}

const legacyMains = ['', '.js', '.json', '.node', '/index.js', '/index.json', '/index.node'];

function legacyMain(folder, description, parentURL) {
  if (description.main !== undefined) {
    for (const suffix of legacyMains) {
      const candidate = normalize(`${folder}/${description.main}${suffix}`);
      if (packages.isFile(candidate)) return candidate;
    }
  }
  for (const name of ['index.js', 'index.json', 'index.node']) {
    if (packages.isFile(`${folder}/${name}`)) return `${folder}/${name}`;
  }
  throw moduleNotFound(folder, baseOf(parentURL));
}

/** PACKAGE_RESOLVE */
function resolvePackage(specifier, parentURL) {
  const base = baseOf(parentURL);
  const split = packages.splitSpecifier(specifier);
  if (split === undefined) throw new codes.ERR_INVALID_MODULE_SPECIFIER(specifier, 'is not a valid package name', base);
  const scope = packages.packageScope(base);
  if (scope.exists && scope.name === split.name && scope.exports !== undefined && scope.exports !== null) {
    return packages.resolveExports(scope, split.subpath, base, conditions);
  }
  for (let folder = dirname(base); ; folder = dirname(folder)) {
    const candidate = `${folder === '/' ? '' : folder}/node_modules/${split.name}`;
    if (packages.isDirectory(candidate)) {
      const description = packages.readPackage(candidate, `"${specifier}" from ${base}`);
      if (description.exists && description.exports !== undefined && description.exports !== null) {
        return packages.resolveExports(description, split.subpath, base, conditions);
      }
      return split.subpath === '.' ? legacyMain(candidate, description, parentURL) : normalize(`${candidate}/${split.subpath}`);
    }
    if (folder === '/') throw moduleNotFound(split.name, base);
  }
}

/** The kind of module and the text that a `data:` URL holds. */
function readData(url) {
  const parts = /^data:([^/]+\/[^;,]+)[^,]*?(;base64)?,([^]*)$/.exec(url);
  if (parts === null) throw new codes.ERR_INVALID_URL(url);
  const [, type, base64, body] = parts;
  const format = { 'text/javascript': 'module', 'application/javascript': 'module', 'application/json': 'json' }[type];
  if (format === undefined) throw makeError(RangeError, 'ERR_UNKNOWN_MODULE_FORMAT', `Unknown module format: ${type} for URL ${url}`);
  const decoded = decodeURIComponent(body);
  return { format, text: base64 === undefined ? decoded : Buffer.from(decoded, 'base64').toString() };
}

/** { url, path } of a file, { url, builtin } of a core module, or { url, isData } of a `data:` URL. */
function resolve(specifier, parentURL) {
  if (builtins.isBuiltin(specifier)) {
    return { url: specifier.startsWith('node:') ? specifier : `node:${specifier}`, builtin: specifier };
  }
  const isFromData = parentURL.startsWith('data:');
  const scheme = /^([a-z][a-z0-9+.-]*:)/i.exec(specifier);
  if (isFromData && scheme === null) {
    throw makeError(TypeError, 'ERR_UNSUPPORTED_RESOLVE_REQUEST',
                    `Failed to resolve module specifier "${specifier}" from "${parentURL}": Invalid relative URL or base scheme is not hierarchical.`);
  }
  if (/^\.{0,2}\//.test(specifier)) {
    const end = specifier.search(/[?#]/);
    const path = end === -1 ? specifier : specifier.slice(0, end);
    const base = dirname(baseOf(parentURL));
    const full = normalize(path.startsWith('/') ? path : `${encodeURI(base)}/${path}`);
    return finalize(full, end === -1 ? '' : specifier.slice(end), parentURL);
  }
  if (specifier[0] === '#') {
    const target = packages.resolveImports(specifier, baseOf(parentURL), baseOf(parentURL), conditions);
    return typeof target === 'string' ? finalize(encodeURI(target), '', parentURL) : resolve(target.specifier, parentURL);
  }
  if (scheme !== null) {
    const protocol = scheme[1].toLowerCase();
    if (protocol === 'node:') throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(specifier);
    if (protocol === 'data:') return { url: new URL(specifier).href, isData: true };
    if (protocol !== 'file:') throw new codes.ERR_UNSUPPORTED_ESM_URL_SCHEME({ protocol }, ['file', 'data', 'node']);
    const end = specifier.search(/[?#]/);
    return finalize((end === -1 ? specifier : specifier.slice(0, end)).slice('file://'.length), end === -1 ? '' : specifier.slice(end), parentURL);
  }
  return finalize(encodeURI(resolvePackage(specifier, parentURL)), '', parentURL);
}

/** The kind of a resolved file, as source-files names them; throws for suffixes nobody knows and for JSON without its attribute. */
function formatOf(resolved, isJson) {
  const format = resolved.isData ? readData(resolved.url).format : sourceFiles.formatOf(resolved.path);
  if (format === undefined || format === 'addon') throw new codes.ERR_UNKNOWN_FILE_EXTENSION(extname(resolved.path), resolved.path);
  if (format === 'json' && !isJson) {
    throw makeError(TypeError, 'ERR_IMPORT_ASSERTION_TYPE_MISSING', `Module "${resolved.url}" needs an import attribute of type "json"`);
  }
  if (format !== 'json' && isJson) {
    throw makeError(TypeError, 'ERR_IMPORT_ASSERTION_TYPE_FAILED', `Module "${resolved.url}" is not of type "json"`);
  }
  return format;
}

module.exports = { resolve, formatOf, makeError, readData };
