// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// ES modules as Node 20 loads them: reading in the background, linking, evaluating, import() and import.meta.
// docs/decisions/module-entry.md says what of Node's timing is kept.

const binding = require('./binding');
const records = require('./esm-records');
const sourceFiles = require('./source-files');
const translators = require('./esm-translators');
const { importCallback, importMain, loadNow, setInstantiate } = require('./esm-jobs');
const { makeError, readData, resolve } = require('./esm-resolve');
const { dirname, fileURLToPath, pathToFileURL } = require('./paths');

const { awaitThen, createPromise, resolvePromise, rejectPromise } = binding;
const { SourceTextModule } = records;
const runtimeOrigin = 12; // PromiseOrigin::Runtime

// --------------------------------------------------------------------------------------------------------------------- linking

function missingExport(module, request, name, isAmbiguous) {
  const { specifier, line } = request;
  const target = module.targets.get(specifier);
  let message = `The requested module '${specifier}' does not provide an export named '${name}'`;
  if (isAmbiguous) message = `The requested module '${specifier}' contains conflicting star exports for name '${name}'`;
  if (target.isCommonJs) {
    message = `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, which may not support all ` +
      'module.exports as named exports.\nCommonJS modules can always be imported via the default export, for example using:\n\n' +
      `import pkg from '${specifier}';\n`;
  }
  const error = new SyntaxError(message);
  const source = module.url.startsWith('data:') ? readData(module.url).text : binding.readSource(fileURLToPath(module.url));
  const text = source.split('\n')[line - 1] || '';
  const column = Math.max(text.search(new RegExp(`\\b${name.replace(/[$]/g, '\\$&')}\\b`)), 0);
  Object.defineProperties(error, {
    loopscopeReport: {
      value: `${module.url}:${line}\n${text}\n${' '.repeat(column)}${'^'.repeat(name.length)}\nSyntaxError: ${message}`,
      configurable: true,
    },
    loopscopeTarget: { value: isAmbiguous ? undefined : target.location },
  });
  return error;
}

/** ModuleDeclarationInstantiation: checks the imports of all modules, and runs each one's generator up to its exports. */
function link(record) {
  if (!(record instanceof SourceTextModule) || record.status !== 'unlinked') return;
  record.status = 'linking';
  try {
    for (const target of record.requested) link(target);
    for (const request of record.requests) {
      const target = record.targets.get(request.specifier);
      for (const name of request.names) {
        const resolution = target.resolveExport(name);
        if (resolution === null || resolution === records.ambiguous) throw missingExport(record, request, name, resolution !== null);
      }
    }
  } catch (error) {
    record.status = 'unlinked';
    throw error;
  }
  const exportObject = {};
  const helpers = sourceFiles.extendHelpers({
    export: (target, all) => { record.getters = all; },
    reExport() {},
    toCommonJS: (value) => value,
    toESM: (value) => value,
  });
  const inner = sourceFiles.bind(record.compiled, dynamicImport(record.url), makeMeta(record.url), helpers);
  // `import * as x` asks for no names.
  const spaces = new Set(record.requests.filter(({ names }) => names.length === 0).map(({ specifier }) => specifier));
  const importFrom = (specifier) => {
    const target = record.targets.get(specifier);
    return spaces.has(specifier) ? target.namespace : target.bindings;
  };
  record.generator = inner(exportObject, importFrom, { exports: exportObject });
  record.generator.next();
  record.status = 'linked';
}

setInstantiate(link);

function makeMeta(url) {
  const meta = Object.create(null);
  if (url.startsWith('file:')) {
    const path = fileURLToPath(url);
    meta.dirname = dirname(path);
    meta.filename = path;
  }
  const resolveHere = (specifier) => resolve(`${specifier}`, url).url;
  meta.resolve = {
    resolve(specifier) {
      try {
        return resolveHere(specifier);
      } catch (error) {
        // A file that is not there still has a URL.
        if ((error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'ERR_UNSUPPORTED_DIR_IMPORT') && error.url !== undefined) return error.url;
        throw error;
      }
    },
  }.resolve;
  meta.url = url;
  return meta;
}

// -------------------------------------------------------------------------------------------------------------------- import()

/** True for JSON. V8 10 looks for `with`, then for the older `assert`, and uses that one's words. */
function readAttributes(options) {
  const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';
  if (options === undefined) return false;
  if (!isObject(options)) throw new TypeError('The second argument to import() must be an object');
  const attributes = options.with === undefined ? options.assert : options.with;
  if (attributes === undefined) return false;
  if (!isObject(attributes)) throw new TypeError("The 'assert' option must be an object");
  const entries = Object.entries(attributes);
  if (entries.some(([, value]) => typeof value !== 'string')) throw new TypeError('Import assertion value must be a string');
  for (const [key, value] of entries) {
    if (key !== 'type') {
      throw makeError(TypeError, 'ERR_IMPORT_ATTRIBUTE_UNSUPPORTED', `Import attribute "${key}" with value "${value}" is not supported`);
    }
    if (value !== 'json') throw makeError(TypeError, 'ERR_IMPORT_ASSERTION_TYPE_UNSUPPORTED', `Import attribute type "${value}" is unsupported`);
  }
  return attributes.type === 'json';
}

/** `$import` of a file. */
function dynamicImport(parentURL) {
  return (specifier, site, options) => {
    const promise = createPromise(runtimeOrigin);
    try {
      resolvePromise(promise, importCallback(`${specifier}`, parentURL, readAttributes(options)));
    } catch (error) {
      rejectPromise(promise, error);
    }
    return promise;
  };
}

// ------------------------------------------------------------------------------------------------------------ require() and main

function hasAsync(record, visited = new Set()) {
  if (!(record instanceof SourceTextModule) || visited.has(record)) return false;
  visited.add(record);
  return record.hasTopLevelAwait || record.requested.some((target) => hasAsync(target, visited));
}

/** `require` of an ES module: everything now; top-level await anywhere is an error. */
function requireModule(path, compiled, parentPath) {
  const record = loadNow({ url: pathToFileURL(path), path }, false, compiled);
  if (record === undefined || record.status === 'evaluating') {
    throw makeError(Error, 'ERR_REQUIRE_CYCLE_MODULE', `Cannot require() ES Module ${path} in a cycle.`);
  }
  link(record);
  if (hasAsync(record) && !record.isEvaluated) {
    throw makeError(Error, 'ERR_REQUIRE_ASYNC_MODULE', 'require() cannot be used on an ESM graph with top-level await. Use import() instead. ' +
      'To see where the top-level await comes from, use --experimental-print-required-tla.' +
      `${parentPath === undefined ? '' : `\n  From ${parentPath} `}\n  Requiring ${path} `);
  }
  const ignore = { ignore() {} }.ignore;
  awaitThen(records.evaluate(record), ignore, ignore);
  if (record.error !== undefined) throw record.error.value;
  const names = record.exportedNames(new Set());
  if (names.includes('module.exports')) return record.namespace['module.exports'];
  if (!names.includes('default') || names.includes('__esModule')) return record.namespace;
  return records.makeNamespace(record, true);
}

/** The main script is an ES module: it is read in the background, and evaluated from a promise job of the poll phase. */
function runMain(url, text, compiled) {
  const onExit = () => {
    if (process.exitCode === undefined) process.exitCode = 13; // a top-level await that nothing settles
  };
  process.on('exit', onExit);
  const finish = () => process.removeListener('exit', onExit);
  awaitThen(importMain({ url, path: fileURLToPath(url) }, { text, compiled }), finish, function fail(error) {
    finish();
    binding.reportUncaught(error, true);
  });
}

module.exports = {
  dynamicImport,
  isNamespace: records.isNamespace,
  requireModule,
  runMain,
  setCommonJs: translators.setCommonJs,
  urlOf: pathToFileURL,
};
