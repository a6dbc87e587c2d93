// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The module map and its jobs. Node's loader is made of async functions, and a program sees each of their awaits: what it queues meanwhile
// runs in between. So ours awaits what Node's awaits (lib/internal/modules/esm/{loader,load,module_job}.js), function by function; a
// generator's `yield` is an await. Their names, Node's own as far as it has them, are those of their jobs in the recording.

const binding = require('./binding');
const records = require('./esm-records');
const sourceFiles = require('./source-files');
const { createRecord } = require('./esm-translators');
const { resolve } = require('./esm-resolve');

const IntrinsicPromise = Promise;
const { then: intrinsicThen } = Promise.prototype;
const then = (promise, onFulfilled, onRejected) => Reflect.apply(intrinsicThen, promise, [onFulfilled, onRejected]);

const asyncFunction = (body) => (...args) => binding.runCoroutine(body(...args));

/** SafePromiseAllReturnArrayLike: a promise of an object with the `values` of the promises. */
function all(promises) {
  return new IntrinsicPromise((resolveAll, reject) => {
    const values = [];
    let pending = promises.length;
    if (pending === 0) resolveAll({ __proto__: null, values });
    for (let index = 0; index < promises.length; ++index) {
      then(promises[index], function collect(value) {
        values[index] = value;
        if (--pending === 0) resolveAll({ __proto__: null, values });
      }, reject);
    }
  });
}

/** Every module that was asked for, by URL and type. */
const moduleMap = new Map();
const keyOf = ({ url }, isJson) => (isJson ? `${url} json` : url);

let instantiate; // links and instantiates a record whose graph is loaded

// -------------------------------------------------------------------------------------------------------------- loader and load

const getSource = asyncFunction({ *getSource(path) {
  yield new IntrinsicPromise((done) => { binding.fs.submit('readFile', [path], () => done()); });
} }.getSource);

const defaultLoad = asyncFunction({ *defaultLoad(target) {
  if (target.builtin !== undefined || target.isData) return;
  const format = sourceFiles.formatOf(target.path);
  if (format === 'commonjs') return; // left to that loader
  yield getSource(target.path);
  if (format === 'none') yield; // asks for the format again
} }.defaultLoad);

const load = asyncFunction({ *load(target) {
  return defaultLoad(target);
} }.load);

const loadAndTranslate = asyncFunction({ *loadAndTranslate(target, isJson, given) {
  yield load(target);
  return createRecord(target, isJson, given.text, given.compiled);
} }.loadAndTranslate);

/** `given`: the source text, or the compiled text, of a main script that is there already. */
function jobOf(target, isJson, given = {}) {
  const key = keyOf(target, isJson);
  let job = moduleMap.get(key);
  if (job === undefined) {
    job = new ModuleJob(loadAndTranslate(target, isJson, given));
    moduleMap.set(key, job);
  }
  return job;
}

const jobForImport = asyncFunction({ *getModuleJobForImport(specifier, parentURL, isJson) {
  return jobOf(yield resolve(specifier, parentURL), isJson);
} }.getModuleJobForImport);

// ------------------------------------------------------------------------------------------------------------------ module jobs

/** Loads, links and evaluates one module and, by their own jobs, all that it imports. */
class ModuleJob {
  constructor(recordPromise) {
    this.record = undefined;
    this.recordPromise = recordPromise;
    this.linked = linkRequests(this); // a promise of { values: jobs it depends on }
    then(this.linked, undefined, function ignore() {});
    this.instantiated = undefined;
  }

  run() {
    return runJob(this);
  }
}

const linkRequests = asyncFunction({ *link(job) {
  const record = yield job.recordPromise;
  job.record = record;
  const dependencies = [];
  const { requests } = record;
  const loading = requests.map(({ specifier, isJson }, index) => then(jobForImport(specifier, record.url, isJson), function takeDependency(dependency) {
    dependencies[index] = dependency;
    return dependency.recordPromise;
  }));
  const { values } = yield all(loading);
  requests.forEach(({ specifier }, index) => record.targets.set(specifier, values[index]));
  return { __proto__: null, values: dependencies };
} }.link);

const instantiateGraph = asyncFunction({ *instantiate(root) {
  const graph = new Set();
  const visit = asyncFunction({ *addJobsToDependencyGraph(job) {
    if (graph.has(job)) return undefined;
    graph.add(job);
    const { values } = yield job.linked;
    return all(values.map(visit));
  } }.addJobsToDependencyGraph);
  yield visit(root);
  try {
    instantiate(root.record);
  } catch (error) {
    // Node reads the file that lacks the export once more, to say whether it is a CommonJS module.
    if (error.loopscopeTarget !== undefined) {
      yield;
      yield load(error.loopscopeTarget);
    }
    throw error;
  }
  const done = IntrinsicPromise.resolve();
  for (const job of graph) job.instantiated = done;
} }.instantiate);

const runJob = asyncFunction({ *run(job) {
  if (job.instantiated === undefined) job.instantiated = instantiateGraph(job);
  yield job.instantiated;
  yield records.evaluateOrThrow(job.record);
  return { __proto__: null, record: job.record };
} }.run);

/** A module that require() loaded: its record is there, and linked. */
class SynchronousJob {
  constructor(record) {
    this.record = record;
    this.recordPromise = IntrinsicPromise.resolve(record);
    this.linked = IntrinsicPromise.resolve({ __proto__: null, values: [] });
    this.instantiated = IntrinsicPromise.resolve();
  }

  run() {
    return runSynchronousJob(this);
  }
}

const runSynchronousJob = asyncFunction({ *runSync({ record }) {
  if (record.error !== undefined) throw record.error.value;
  if (!record.isEvaluated) yield records.evaluate(record);
  return { __proto__: null, record };
} }.runSync);

/** Loads a graph now, for require(); gives the root's record, or undefined if a module of it is being loaded in the background. */
function loadNow(target, isJson, compiled) {
  const key = keyOf(target, isJson);
  const known = moduleMap.get(key);
  if (known !== undefined) return known.record;
  const record = createRecord(target, isJson, undefined, compiled);
  moduleMap.set(key, new SynchronousJob(record));
  try {
    for (const request of record.requests) {
      const required = loadNow(resolve(request.specifier, record.url), request.isJson);
      if (required === undefined) return undefined;
      record.targets.set(request.specifier, required);
    }
  } catch (error) {
    moduleMap.delete(key); // it may be asked for again
    throw error;
  }
  return record;
}

const namespaceOf = asyncFunction({ *namespaceOf(jobPromise) {
  const job = yield jobPromise;
  const { record } = yield job.run();
  return record.namespace;
} }.namespaceOf);

/** What V8 calls for import(): a promise of the namespace. */
const importCallback = asyncFunction({ *importModuleDynamically(specifier, parentURL, isJson) {
  return namespaceOf(jobForImport(specifier, parentURL, isJson));
} }.importModuleDynamically);

const jobOfMain = asyncFunction({ *getModuleJob(target, given) {
  yield;
  return jobOf(target, false, given);
} }.getModuleJob);

/** The same for the main script; `given` as for jobOf. */
function importMain(target, given) {
  return namespaceOf(jobOfMain(target, given));
}

module.exports = { importCallback, importMain, loadNow, setInstantiate(link) { instantiate = link; } };
