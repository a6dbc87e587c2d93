// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// ES modules as Node 20 loads them: reading in the background, linking, evaluating, import() and import.meta.
// docs/decisions/module-entry.md says what of Node's timing is kept.

const binding = require('./binding');
const builtins = require('./builtins');
const lib = require('./lib');
const records = require('./esm-records');
const sourceFiles = require('./source-files');
const { formatOf, makeError, resolve } = require('./esm-resolve');
const { dirname, fileURLToPath, pathToFileURL } = require('./paths');

const { awaitThen, createPromise, resolvePromise, rejectPromise } = binding;
const { SourceTextModule, SyntheticModule } = records;
const runtimeOrigin = 12; // PromiseOrigin::Runtime

// Promise jobs that Node's own loader takes before an import() is settled (measured with Node 20.20, see module-entry.md).
const jobs = { failure: 3, known: 7, fresh: 15 };

let commonjs;

/** Every module by URL: { record, error: { value }, waiting: [function] } */
const entries = new Map();

// --------------------------------------------------------------------------------------------------------------------- loading

function syntheticValues(exports, names) {
  const values = Object.create(null);
  for (const name of names) {
    if (name !== 'default') values[name] = exports === null || exports === undefined ? undefined : exports[name];
  }
  values.default = exports;
  return values;
}

function builtinRecord(url, name) {
  const exports = builtins.load(name);
  const names = new Set(['default', ...Object.keys(exports)]);
  return new SyntheticModule(url, names, () => syntheticValues(exports, names), false);
}

/** Names that a CommonJS file seems to export, as Node finds them: by reading, not by running. */
function namesOfCommonJs(path, visited = new Set()) {
  const names = new Set();
  if (visited.has(path)) return names;
  visited.add(path);
  let found;
  try {
    found = lib.require('internal/cjs-lexer').parse(binding.readSource(path));
  } catch {
    return names;
  }
  for (const name of found.exports) names.add(name);
  const parent = { filename: path, paths: commonjs.Module._nodeModulePaths(dirname(path)) };
  for (const request of found.reexports) {
    let target;
    try {
      target = commonjs.Module._resolveFilename(request, parent, false);
    } catch {
      continue;
    }
    if (builtins.isBuiltin(target)) Object.keys(builtins.load(target)).forEach((name) => names.add(name));
    else if (/\.c?js$/.test(target)) namesOfCommonJs(target, visited).forEach((name) => names.add(name));
  }
  return names;
}

function commonJsRecord(resolved) {
  const names = namesOfCommonJs(resolved.path);
  names.add('default');
  return new SyntheticModule(resolved.url, names, () => syntheticValues(commonjs.Module._load(resolved.path, null, false), names), true);
}

function jsonRecord(resolved) {
  const text = binding.readSource(resolved.path).replace(/^\uFEFF/, '');
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    error.message = `${resolved.url}: ${error.message}`;
    throw error;
  }
  return new SyntheticModule(resolved.url, ['default'], () => ({ default: value }), false);
}

function sourceRecord(resolved, format, text, compiled) {
  const source = text === undefined && compiled === undefined ? binding.readSource(resolved.path) : text;
  const result = compiled === undefined ? sourceFiles.compile(resolved.path, resolved.url, format, source) : { kind: 'module', compiled };
  return result.kind === 'module' ? new SourceTextModule(resolved.url, result.compiled) : commonJsRecord(resolved);
}

/** True if Node reads the file in the background: CommonJS and core modules it does not. */
const isReadInBackground = (format) => format === 'module' || format === 'json' || format === 'none';

/** The record of a resolved module, found or made now. */
function createRecord(resolved, isJson, text, compiled) {
  if (resolved.builtin !== undefined) return builtinRecord(resolved.url, resolved.builtin);
  const format = compiled === undefined && text === undefined ? formatOf(resolved, isJson) : 'module';
  if (format === 'json') return jsonRecord(resolved);
  return format === 'commonjs' ? commonJsRecord(resolved) : sourceRecord(resolved, format, text, compiled);
}

/** Loads one module, without what it imports. `background`: read its file as Node does; otherwise everything happens now. */
function load(resolved, isJson, background, done) {
  const known = entries.get(resolved.url);
  if (known !== undefined) {
    if (known.waiting !== undefined && background) known.waiting.push(done);
    else done(known);
    return;
  }
  const entry = { record: undefined, error: undefined, waiting: [done] };
  entries.set(resolved.url, entry);
  const create = () => {
    if (entry.record === undefined && entry.error === undefined) {
      try {
        entry.record = createRecord(resolved, isJson);
      } catch (error) {
        entry.error = { value: error };
      }
    }
    const { waiting } = entry;
    entry.waiting = undefined;
    for (const continuation of waiting) continuation(entry);
  };
  if (background && resolved.builtin === undefined && isReadInBackground(sourceFiles.formatOf(resolved.path))) {
    binding.fs.submit('readFile', [resolved.path], create);
  } else {
    create();
  }
}

/** Loads a module with everything it imports; done(error | undefined, record). */
function loadGraph(resolved, isJson, background, done) {
  const visited = new Set();
  let pending = 0;
  let failure;
  let root;
  const finish = () => {
    if (--pending === 0) done(failure, root);
  };
  const visit = (target, targetIsJson, attach) => {
    ++pending;
    load(target, targetIsJson, background, (entry) => {
      if (entry.error !== undefined) {
        if (failure === undefined) failure = entry.error;
      } else {
        attach(entry.record);
        if (entry.record instanceof SourceTextModule && !visited.has(entry.record)) {
          visited.add(entry.record);
          visitRequests(entry.record);
        }
      }
      finish();
    });
  };
  const visitRequests = (record) => {
    for (const request of record.compiled.requests) {
      if (failure !== undefined) return;
      try {
        const attach = (target) => record.targets.set(request.specifier, target);
        visit(resolve(request.specifier, record.url), request.isJson, attach);
      } catch (error) {
        failure = { value: error };
      }
    }
  };
  visit(resolved, isJson, (record) => { root = record; });
}

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
  const text = binding.readSource(fileURLToPath(module.url)).split('\n')[line - 1] || '';
  const column = Math.max(text.search(new RegExp(`\\b${name.replace(/[$]/g, '\\$&')}\\b`)), 0);
  Object.defineProperty(error, 'loopscopeReport', {
    value: `${module.url}:${line}\n${text}\n${' '.repeat(column)}${'^'.repeat(name.length)}\nSyntaxError: ${message}`,
    configurable: true,
  });
  return error;
}

/** ModuleDeclarationInstantiation: checks the imports of all modules, and runs each one's generator up to its exports. */
function link(record) {
  if (!(record instanceof SourceTextModule) || record.status !== 'unlinked') return;
  record.status = 'linking';
  try {
    for (const target of record.requested) link(target);
    for (const request of record.compiled.requests) {
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
  const spaces = new Set(record.compiled.requests.filter(({ names }) => names.length === 0).map(({ specifier }) => specifier));
  const importFrom = (specifier) => {
    const target = record.targets.get(specifier);
    return spaces.has(specifier) ? target.namespace : target.bindings;
  };
  record.generator = inner(exportObject, importFrom, { exports: exportObject });
  record.generator.next();
  record.status = 'linked';
}

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

/** Calls `then` from the count-th promise job from now. */
function afterJobs(count, then) {
  if (count <= 0) then();
  else awaitThen(undefined, () => afterJobs(count - 1, then));
}

function isEvaluated(record) {
  return record instanceof SyntheticModule ? record.values !== undefined : record.status === 'evaluated';
}

/** Loads, links and evaluates; settles `promise` with the namespace. */
function importInto(promise, specifier, parentURL, isJson) {
  const fail = (error) => afterJobs(jobs.failure, () => rejectPromise(promise, error));
  let resolved;
  try {
    resolved = resolve(specifier, parentURL);
    if (resolved.builtin === undefined) formatOf(resolved, isJson);
  } catch (error) {
    fail(error);
    return;
  }
  loadGraph(resolved, isJson, true, (failure, record) => {
    if (failure !== undefined) {
      fail(failure.value);
      return;
    }
    const count = isEvaluated(record) ? jobs.known : jobs.fresh;
    afterJobs(count - 1, () => {
      try {
        link(record);
      } catch (error) {
        rejectPromise(promise, error);
        return;
      }
      awaitThen(records.evaluate(record), () => resolvePromise(promise, record.namespace), (error) => rejectPromise(promise, error));
    });
  });
}

function readAttributes(options) {
  if (options === undefined) return false;
  if (typeof options !== 'object' || options === null) throw new TypeError('The second argument of import() must be an object');
  const attributes = options.with === undefined ? options.assert : options.with;
  if (attributes === undefined) return false;
  const { type } = attributes;
  if (type !== undefined && type !== 'json') {
    throw makeError(TypeError, 'ERR_IMPORT_ATTRIBUTE_UNSUPPORTED', `Import attribute "type" with value "${type}" is not supported`);
  }
  return type === 'json';
}

/** `$import` of a file. */
function dynamicImport(parentURL) {
  return (specifier, site, options) => {
    const promise = createPromise(runtimeOrigin);
    try {
      importInto(promise, `${specifier}`, parentURL, readAttributes(options));
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
  const resolved = { url: pathToFileURL(path), path };
  if (compiled !== undefined && !entries.has(resolved.url)) {
    entries.set(resolved.url, { record: createRecord(resolved, false, undefined, compiled), error: undefined, waiting: undefined });
  }
  let result;
  loadGraph(resolved, false, false, (failure, record) => { result = { failure, record }; });
  if (result.failure !== undefined) throw result.failure.value;
  const { record } = result;
  if (record === undefined || record.status === 'evaluating') {
    throw makeError(Error, 'ERR_REQUIRE_CYCLE_MODULE', `Cannot require() ES Module ${path} in a cycle.`);
  }
  link(record);
  if (hasAsync(record) && !isEvaluated(record)) {
    throw makeError(Error, 'ERR_REQUIRE_ASYNC_MODULE', 'require() cannot be used on an ESM graph with top-level await. Use import() instead. ' +
      'To see where the top-level await comes from, use --experimental-print-required-tla.' +
      `${parentPath === undefined ? '' : `\n  From ${parentPath} `}\n  Requiring ${path} `);
  }
  awaitThen(records.evaluate(record), () => {}, () => {});
  if (record.error !== undefined) throw record.error.value;
  const names = record.exportedNames(new Set());
  if (names.includes('module.exports')) return record.namespace['module.exports'];
  if (!names.includes('default') || names.includes('__esModule')) return record.namespace;
  return records.makeNamespace(record, true);
}

/** The main script is an ES module: it is read in the background, and evaluated from a promise job of the poll phase. */
function runMain(url, text, compiled) {
  const resolved = { url, path: fileURLToPath(url) };
  const onExit = () => {
    if (process.exitCode === undefined) process.exitCode = 13; // a top-level await that nothing settles
  };
  process.on('exit', onExit);
  const finish = () => process.removeListener('exit', onExit);
  const fail = (error) => {
    finish();
    binding.reportUncaught(error, true);
  };
  const start = () => loadGraph(resolved, false, true, (failure, record) => {
    afterJobs(1, () => {
      try {
        if (failure !== undefined) throw failure.value;
        link(record);
      } catch (error) {
        fail(error);
        return;
      }
      awaitThen(records.evaluate(record), finish, fail);
    });
  });
  if (text === undefined && compiled === undefined) {
    start();
    return;
  }
  binding.fs.submit('readFile', [resolved.path], () => {
    try {
      entries.set(url, { record: createRecord(resolved, false, text, compiled), error: undefined, waiting: undefined });
    } catch (error) {
      entries.set(url, { record: undefined, error: { value: error }, waiting: undefined });
    }
    start();
  });
}

module.exports = {
  dynamicImport,
  isNamespace: records.isNamespace,
  requireModule,
  runMain,
  setCommonJs(loader) { commonjs = loader; },
  urlOf: pathToFileURL,
};
