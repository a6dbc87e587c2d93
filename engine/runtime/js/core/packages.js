// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// package.json: reading it, and Node's resolution of "exports" and "imports" (https://nodejs.org/docs/latest-v20.x/api/esm.html#resolution-algorithm).

const binding = require('./binding');
const { codes } = require('./errors');
const { dirname, normalize } = require('./paths');

const isFile = (path) => binding.statKind(path) === 0;
const isDirectory = (path) => binding.statKind(path) === 1;

const packages = new Map();
const none = Object.freeze({ exists: false });

/** What `folder`/package.json says; `exists` is false if there is none. `importer`: the module that asks, if it is an ES module. */
function readPackage(folder, importer) {
  const known = packages.get(folder);
  if (known !== undefined) return known;
  const path = `${folder === '/' ? '' : folder}/package.json`;
  let result = none;
  if (isFile(path)) {
    let parsed;
    try {
      parsed = JSON.parse(binding.readSource(path));
    } catch (error) {
      if (importer !== undefined) throw new codes.ERR_INVALID_PACKAGE_CONFIG(path, importer, error.message);
      error.path = path;
      error.message = `Error parsing ${path}: ${error.message}`;
      throw error;
    }
    if (typeof parsed !== 'object' || parsed === null) parsed = {};
    parsed = Object.setPrototypeOf(parsed, null);
    result = {
      exists: true,
      folder,
      name: typeof parsed.name === 'string' ? parsed.name : undefined,
      main: typeof parsed.main === 'string' ? parsed.main : undefined,
      exports: parsed.exports,
      imports: typeof parsed.imports === 'object' && parsed.imports !== null ? parsed.imports : undefined,
      type: parsed.type === 'module' || parsed.type === 'commonjs' ? parsed.type : 'none',
    };
  }
  packages.set(folder, result);
  return result;
}

/** The nearest package.json above a file. */
function packageScope(path) {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (folder.endsWith('/node_modules')) return none;
    const found = readPackage(folder);
    if (found.exists || folder === '/') return found;
  }
}

/** "name/sub" as { name, subpath: "./sub" }; undefined if the name is none. */
function splitSpecifier(specifier) {
  const match = /^((?:@[^/\\%]+\/)?[^./\\%@][^/\\%]*)(\/.*)?$/.exec(specifier);
  return match === null ? undefined : { name: match[1], subpath: `.${match[2] === undefined ? '' : match[2]}` };
}

const isConditions = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Conditions as keys, or subpaths as keys; a mixture is an error. */
function hasConditionKeys(exports, folder, base) {
  if (typeof exports === 'string' || Array.isArray(exports)) return true;
  if (!isConditions(exports)) return false;
  const keys = Object.keys(exports);
  const conditional = keys.filter((key) => key === '' || key[0] !== '.');
  if (conditional.length !== 0 && conditional.length !== keys.length) {
    throw new codes.ERR_INVALID_PACKAGE_CONFIG(`${folder}/package.json`, base,
      '"exports" cannot contain some keys starting with \'.\' and some not. The exports object must either be an object of package subpath keys ' +
      'or an object of main entry condition name keys only.');
  }
  return conditional.length > 0;
}

/** PATTERN_KEY_COMPARE: the longer fixed part first. */
function comparePatterns(left, right) {
  const leftLength = left.indexOf('*') + 1 || left.length;
  const rightLength = right.indexOf('*') + 1 || right.length;
  return rightLength - leftLength || (left.includes('*') ? 0 : 1) - (right.includes('*') ? 0 : 1) || right.length - left.length;
}

/** The entry of a table of subpaths that fits: { key, target, rest } with what "*" stands for. */
function findSubpath(table, subpath) {
  if (Object.prototype.hasOwnProperty.call(table, subpath) && !subpath.includes('*')) return { key: subpath, target: table[subpath], rest: undefined };
  for (const key of Object.keys(table).filter((candidate) => candidate.includes('*')).sort(comparePatterns)) {
    const at = key.indexOf('*');
    const prefix = key.slice(0, at);
    const suffix = key.slice(at + 1);
    if (subpath.startsWith(prefix) && subpath !== prefix && subpath.length >= key.length && subpath.endsWith(suffix)) {
      return { key, target: table[key], rest: subpath.slice(at, subpath.length - suffix.length) };
    }
  }
  return undefined;
}

const invalidSegment = /(^|\/|\\)(\.\.?|node_modules)(\/|\\|$)/;

/** PACKAGE_TARGET_RESOLVE: a path, a { specifier } of another package (imports only), null, or undefined if no condition fits. */
function resolveTarget(folder, target, context) {
  const { key, rest, isImport, base, conditions } = context;
  const invalid = () => new codes.ERR_INVALID_PACKAGE_TARGET(`${folder}/`, key, target, isImport, base);
  if (typeof target === 'string') {
    const filled = rest === undefined ? target : target.split('*').join(rest);
    if (!target.startsWith('./')) {
      if (isImport && !target.startsWith('../') && !target.startsWith('/') && !/^[a-z]+:/i.test(target.replace(/^node:/, ''))) {
        return { specifier: filled };
      }
      throw invalid();
    }
    if (invalidSegment.test(target.slice(2))) throw invalid();
    if (rest !== undefined && invalidSegment.test(rest)) {
      throw new codes.ERR_INVALID_MODULE_SPECIFIER(key.replace('*', rest), `request is not a valid match in pattern "${key}" for the ` +
        `"${isImport ? 'imports' : 'exports'}" resolution of ${folder}/package.json`, base);
    }
    return normalize(`${folder}/${filled}`);
  }
  if (Array.isArray(target)) {
    let last = target.length === 0 ? null : undefined;
    for (const item of target) {
      let resolved;
      try {
        resolved = resolveTarget(folder, item, context);
      } catch (error) {
        if (error.code !== 'ERR_INVALID_PACKAGE_TARGET') throw error;
        last = error;
        continue;
      }
      if (resolved === undefined) continue;
      if (resolved !== null) return resolved;
      last = null;
    }
    if (last instanceof Error) throw last;
    return last;
  }
  if (isConditions(target)) {
    for (const condition of Object.keys(target)) {
      if (condition !== 'default' && !conditions.has(condition)) continue;
      const resolved = resolveTarget(folder, target[condition], context);
      if (resolved !== undefined) return resolved;
    }
    return undefined;
  }
  if (target === null) return null;
  throw invalid();
}

/** PACKAGE_EXPORTS_RESOLVE: the path that `subpath` ("." or "./x") of a package stands for. */
function resolveExports(description, subpath, base, conditions) {
  const { folder } = description;
  let table = description.exports;
  if (hasConditionKeys(table, folder, base)) table = { '.': table };
  const found = isConditions(table) ? findSubpath(table, subpath) : undefined;
  const resolved = found === undefined ? undefined :
    resolveTarget(folder, found.target, { key: found.key, rest: found.rest, isImport: false, base, conditions });
  if (resolved === undefined || resolved === null) throw new codes.ERR_PACKAGE_PATH_NOT_EXPORTED(`${folder}/`, subpath, base);
  return resolved;
}

/** PACKAGE_IMPORTS_RESOLVE: what "#name" stands for in the package around `path`; a path or a { specifier }. */
function resolveImports(name, path, base, conditions) {
  if (name === '#' || name.startsWith('#/')) throw new codes.ERR_INVALID_MODULE_SPECIFIER(name, 'is not a valid internal imports specifier name', base);
  const description = packageScope(path);
  const found = description.exists && description.imports !== undefined ? findSubpath(description.imports, name) : undefined;
  const resolved = found === undefined ? undefined :
    resolveTarget(description.folder, found.target, { key: found.key, rest: found.rest, isImport: true, base, conditions });
  if (resolved === undefined || resolved === null) {
    throw new codes.ERR_PACKAGE_IMPORT_NOT_DEFINED(name, description.exists ? `${description.folder}/` : undefined, base);
  }
  return resolved;
}

module.exports = { isFile, isDirectory, readPackage, packageScope, splitSpecifier, resolveExports, resolveImports };
