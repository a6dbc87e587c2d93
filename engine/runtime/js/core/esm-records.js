// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Module records and their evaluation, as ECMAScript 16.2.1.5 has them: cyclic modules with top-level await, in exactly that order.

const binding = require('./binding');
const { fileURLToPath } = require('./paths');

const { awaitThen, createPromise, resolvePromise, rejectPromise } = binding;
const runtimeOrigin = 12; // PromiseOrigin::Runtime
const namespaces = new WeakSet();
const ambiguous = Symbol('ambiguous');
const namespaceBinding = Symbol('namespace');

/** The value behind a resolved binding; not yet initialised ones throw as V8's do. */
function readBinding(resolution, name) {
  if (resolution.binding === namespaceBinding) return resolution.module.namespace;
  try {
    return resolution.module.read(resolution.binding);
  } catch (error) {
    throw error instanceof ReferenceError ? new ReferenceError(`Cannot access '${name}' before initialization`) : error;
  }
}

function refuseProperty(name) {
  throw new TypeError(`Cannot assign to read only property '${name}' of object '[object Module]'`);
}

function refuseBinding() {
  throw new TypeError('Assignment to constant variable.');
}

/** A module namespace exotic object, as near as getters come to it. */
function makeNamespace(module, marksEsModule, refuse = refuseProperty) {
  const namespace = Object.create(null);
  const names = module.exportedNames(new Set()).filter((name) => typeof module.resolveExport(name) === 'object');
  if (marksEsModule) names.push('__esModule');
  for (const name of [...new Set(names)].sort()) {
    if (marksEsModule && name === '__esModule') {
      Object.defineProperty(namespace, name, { value: true, enumerable: true, writable: true });
      continue;
    }
    const resolution = module.resolveExport(name);
    Object.defineProperty(namespace, name, {
      get: () => readBinding(resolution, name),
      set() { refuse(name); },
      enumerable: true,
    });
  }
  Object.defineProperty(namespace, Symbol.toStringTag, { value: 'Module' });
  Object.seal(namespace); // V4 does not find out by itself that nothing can be changed
  namespaces.add(namespace);
  return namespace;
}

class ModuleRecord {
  constructor(url) {
    this.url = url;
    this.cachedNamespace = undefined;
    this.cachedBindings = undefined;
  }

  /** As resolved: a path, or the name of a core module. */
  get location() {
    return this.url.startsWith('file:') ? { path: fileURLToPath(this.url) } : { builtin: this.url };
  }

  get namespace() {
    if (this.cachedNamespace === undefined) this.cachedNamespace = makeNamespace(this, false);
    return this.cachedNamespace;
  }

  /** The same for imported names, which the lowered code reads as properties: they are constants. */
  get bindings() {
    if (this.cachedBindings === undefined) this.cachedBindings = makeNamespace(this, false, refuseBinding);
    return this.cachedBindings;
  }
}

/** Core modules, CommonJS modules and JSON: the values are there once `evaluate` ran. */
class SyntheticModule extends ModuleRecord {
  constructor(url, names, evaluate, isCommonJs) {
    super(url);
    this.names = new Set(names);
    this.evaluateValues = evaluate;
    this.isCommonJs = isCommonJs;
    this.values = undefined;
    this.error = undefined;
  }

  get requests() {
    return [];
  }

  get isEvaluated() {
    return this.values !== undefined;
  }

  exportedNames() {
    return [...this.names];
  }

  resolveExport(name) {
    return this.names.has(name) ? { module: this, binding: name } : null;
  }

  read(name) {
    return this.values === undefined ? undefined : this.values[name];
  }

  evaluate() {
    if (this.error !== undefined) throw this.error.value;
    if (this.values !== undefined) return;
    try {
      this.values = this.evaluateValues();
    } catch (error) {
      this.error = { value: error };
      lastSyntheticError = this.error;
      throw error;
    }
  }
}

/** A source text module. Its generator's first step registers its exports, the rest evaluates it. */
class SourceTextModule extends ModuleRecord {
  constructor(url, compiled) {
    super(url);
    this.compiled = compiled;
    this.targets = new Map(); // specifier -> record
    this.getters = Object.create(null);
    this.localNames = new Set(compiled.exportNames);
    this.indirect = new Map();
    for (const { exportName, specifier, importName } of compiled.indirectExports || []) {
      this.indirect.set(exportName, { specifier, importName });
      this.localNames.delete(exportName);
    }
    this.hasTopLevelAwait = compiled.hasTopLevelAwait;
    this.generator = undefined;
    this.status = 'unlinked'; // linked, evaluating, evaluating-async, evaluated
    this.error = undefined; // { value }
    this.index = undefined;
    this.ancestorIndex = undefined;
    this.cycleRoot = undefined;
    this.asyncOrder = undefined; // set: [[AsyncEvaluation]] is true
    this.capability = undefined;
    this.asyncParents = [];
    this.pendingDependencies = 0;
  }

  get requests() {
    return this.compiled.requests;
  }

  get isEvaluated() {
    return this.status === 'evaluated';
  }

  get requested() {
    return [...new Set(this.requests.map(({ specifier }) => this.targets.get(specifier)))];
  }

  exportedNames(visited) {
    if (visited.has(this)) return [];
    visited.add(this);
    const names = new Set([...this.localNames, ...this.indirect.keys()]);
    for (const specifier of this.compiled.starExports) {
      for (const name of this.targets.get(specifier).exportedNames(visited)) {
        if (name !== 'default') names.add(name);
      }
    }
    return [...names];
  }

  /** { module, binding }, null, or `ambiguous`. */
  resolveExport(name, visited = []) {
    if (visited.some(([module, seen]) => module === this && seen === name)) return null;
    visited.push([this, name]);
    if (this.localNames.has(name)) return { module: this, binding: name };
    const indirect = this.indirect.get(name);
    if (indirect !== undefined) {
      const target = this.targets.get(indirect.specifier);
      return indirect.importName === '*' ? { module: target, binding: namespaceBinding } : target.resolveExport(indirect.importName, visited);
    }
    if (name === 'default') return null;
    let found = null;
    for (const specifier of this.compiled.starExports) {
      const resolution = this.targets.get(specifier).resolveExport(name, visited);
      if (resolution === ambiguous) return ambiguous;
      if (resolution === null) continue;
      if (found !== null && (found.module !== resolution.module || found.binding !== resolution.binding)) return ambiguous;
      found = resolution;
    }
    return found;
  }

  read(name) {
    return this.getters[name]();
  }
}

// ------------------------------------------------------------------------------------------------------------------ evaluation

let asyncCounter = 0;
let lastSyntheticError; // that of the CommonJS module that failed last while it was evaluated

/** Evaluate(): a promise of the runtime's own. */
function evaluate(record) {
  if (record instanceof SyntheticModule) {
    const promise = createPromise(runtimeOrigin);
    try {
      record.evaluate();
      resolvePromise(promise, undefined);
    } catch (error) {
      rejectPromise(promise, error);
    }
    return promise;
  }
  let module = record;
  if ((module.status === 'evaluating-async' || module.status === 'evaluated') && module.cycleRoot !== undefined) module = module.cycleRoot;
  if (module.capability !== undefined) return module.capability;
  const stack = [];
  const promise = createPromise(runtimeOrigin);
  module.capability = promise;
  try {
    innerEvaluation(module, stack, 0);
    if (module.asyncOrder === undefined) resolvePromise(promise, undefined); // evaluated by now, perhaps long ago as a dependency
  } catch (error) {
    for (const member of stack) {
      member.status = 'evaluated';
      member.error = { value: error };
    }
    rejectPromise(promise, error);
  }
  return promise;
}

/** As evaluate(), but what a CommonJS module throws during it is thrown at once: Node sees that exception before the promise. */
function evaluateOrThrow(record) {
  lastSyntheticError = undefined;
  const promise = evaluate(record);
  if (lastSyntheticError === undefined) return promise;
  const error = lastSyntheticError.value;
  const [state, reason] = binding.promiseDetails(promise);
  if (state !== 2 || !Object.is(reason, error)) return promise;
  awaitThen(promise, undefined, function ignore() {}); // handled by being thrown
  throw error;
}

function innerEvaluation(module, stack, start) {
  let index = start;
  if (module instanceof SyntheticModule) {
    module.evaluate();
    return index;
  }
  if (module.status === 'evaluating-async' || module.status === 'evaluated') {
    if (module.error !== undefined) throw module.error.value;
    return index;
  }
  if (module.status === 'evaluating') return index;
  module.status = 'evaluating';
  module.index = index;
  module.ancestorIndex = index;
  module.pendingDependencies = 0;
  ++index;
  stack.push(module);
  for (const required of module.requested) {
    index = innerEvaluation(required, stack, index);
    if (required instanceof SyntheticModule) continue;
    let dependency = required;
    if (required.status === 'evaluating') {
      module.ancestorIndex = Math.min(module.ancestorIndex, required.ancestorIndex);
    } else {
      dependency = required.cycleRoot;
      if (dependency.error !== undefined) throw dependency.error.value;
    }
    if (dependency.asyncOrder !== undefined) {
      ++module.pendingDependencies;
      dependency.asyncParents.push(module);
    }
  }
  if (module.pendingDependencies > 0 || module.hasTopLevelAwait) {
    module.asyncOrder = asyncCounter++;
    if (module.pendingDependencies === 0) executeAsync(module);
  } else {
    executeSync(module);
  }
  if (module.ancestorIndex === module.index) {
    for (;;) {
      const member = stack.pop();
      member.status = member.asyncOrder === undefined ? 'evaluated' : 'evaluating-async';
      member.cycleRoot = module;
      if (member === module) break;
    }
  }
  return index;
}

function executeSync(module) {
  module.generator.next();
}

function executeAsync(module) {
  awaitThen(binding.runCoroutine(module.generator), function moduleFulfilled() { asyncFulfilled(module); },
    function moduleRejected(error) { asyncRejected(module, error); });
}

function gatherAncestors(module, gathered) {
  for (const parent of module.asyncParents) {
    if (gathered.includes(parent) || parent.cycleRoot.error !== undefined) continue;
    if (--parent.pendingDependencies > 0) continue;
    gathered.push(parent);
    if (!parent.hasTopLevelAwait) gatherAncestors(parent, gathered);
  }
}

function asyncFulfilled(module) {
  if (module.status === 'evaluated') return;
  module.asyncOrder = undefined;
  module.status = 'evaluated';
  if (module.capability !== undefined) resolvePromise(module.capability, undefined);
  const gathered = [];
  gatherAncestors(module, gathered);
  gathered.sort((left, right) => left.asyncOrder - right.asyncOrder);
  for (const parent of gathered) {
    if (parent.status === 'evaluated') continue;
    if (parent.hasTopLevelAwait) {
      executeAsync(parent);
      continue;
    }
    try {
      executeSync(parent);
    } catch (error) {
      asyncRejected(parent, error);
      continue;
    }
    parent.asyncOrder = undefined;
    parent.status = 'evaluated';
    if (parent.capability !== undefined) resolvePromise(parent.capability, undefined);
  }
}

function asyncRejected(module, error) {
  if (module.status === 'evaluated') return;
  module.error = { value: error };
  module.status = 'evaluated';
  module.asyncOrder = undefined;
  for (const parent of module.asyncParents) asyncRejected(parent, error);
  if (module.capability !== undefined) rejectPromise(module.capability, error);
}

module.exports = {
  SourceTextModule,
  SyntheticModule,
  ambiguous,
  evaluate,
  evaluateOrThrow,
  isNamespace: (value) => typeof value === 'object' && value !== null && namespaces.has(value),
  makeNamespace,
};
