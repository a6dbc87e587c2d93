// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Stands in for the runtime: runs a compiled script in a plain QJSEngine with V4's own promises (so the order of jobs means nothing here; the oracle
// tests are about order). Evaluates to a function of (outer, print): the compiled expression and where lines go.
(function (outer, print) {
  Symbol.asyncIterator = Symbol.asyncIterator || Symbol('Symbol.asyncIterator');
  const isObject = (value) => Object(value) === value;
  function Await(value) { this.value = value; }

  function run(generator, resolve, reject) {
    const step = (method, value) => {
      let result;
      try { result = generator[method](value); } catch (error) { reject(error); return; }
      if (result.done) resolve(result.value);
      else Promise.resolve(result.value).then((settled) => step('next', settled), (error) => step('throw', error));
    };
    step('next');
  }

  function startAsync(self, args, body) {
    return new Promise((resolve, reject) => run(body.apply(self, args || []), resolve, reject));
  }

  function startAsyncGenerator(self, args, body) {
    const generator = body.apply(self, args || []);
    let last = Promise.resolve();
    const request = (first, given) => new Promise((resolve, reject) => {
      const step = (method, value) => {
        let result;
        try { result = generator[method](value); } catch (error) { reject(error); return; }
        if (result.value instanceof Await) Promise.resolve(result.value.value).then((v) => step('next', v), (e) => step('throw', e));
        else if (result.done) resolve({ value: result.value, done: true });
        else Promise.resolve(result.value).then((value) => resolve({ value, done: false }), (e) => step('throw', e));
      };
      step(first, given);
    });
    const iterator = { [Symbol.asyncIterator]() { return this; } };
    for (const method of ['next', 'throw', 'return']) iterator[method] = (value) => (last = last.then(() => request(method, value)));
    return iterator;
  }

  function iteratorOf(iterable) {
    if (iterable[Symbol.asyncIterator]) return iterable[Symbol.asyncIterator]();
    const iterator = iterable[Symbol.iterator]();
    return {
      next: () => { const { value, done } = iterator.next(); return Promise.resolve(value).then((settled) => ({ value: settled, done })); },
      return: iterator.return && (() => iterator.return()),
    };
  }

  function makeLoop(iterable) {
    const iterator = iteratorOf(iterable);
    let inBody = false;
    let failure;
    return {
      next() { inBody = false; return iterator.next(); },
      step(result) {
        if (!isObject(result)) throw new TypeError('not an object');
        if (result.done) return false;
        this.value = result.value;
        inBody = true;
        return true;
      },
      fail(error) { failure = { error }; },
      isOpen: () => inBody && iterator.return !== undefined,
      close: () => iterator.return(),
      check(result) { if (failure === undefined && !isObject(result)) throw new TypeError('not an object'); },
      end() { if (failure !== undefined) throw failure.error; },
    };
  }

  function* delegate(iterable) {
    const iterator = iterable[Symbol.asyncIterator]();
    for (let received; ;) {
      const result = yield new Await(iterator.next(received));
      if (result.done) return result.value;
      received = yield result.value;
    }
  }

  const defineAll = (target, source) => {
    for (const key of Reflect.ownKeys(source)) Object.defineProperty(target, key, Object.getOwnPropertyDescriptor(source, key));
    return target;
  };
  const helpers = {
    async: startAsync,
    asyncGenerator: startAsyncGenerator,
    await: Await,
    yieldStar: delegate,
    loop: makeLoop,
    spreadValues(target, source) {
      for (const key of isObject(source) ? Reflect.ownKeys(source) : []) {
        if (Object.getOwnPropertyDescriptor(source, key).enumerable) {
          Object.defineProperty(target, key, { value: source[key], writable: true, enumerable: true, configurable: true });
        }
      }
      return target;
    },
    spreadProps: defineAll,
    objectRest(source, taken) {
      const rest = {};
      for (const key of Reflect.ownKeys(source)) if (!taken.includes(key)) rest[key] = source[key];
      return rest;
    },
    markNames: () => 0,
    keepName: (value) => value,
    restoreNames: (mark, object) => object,
    withPrototype(object) {
      const { value } = Object.getOwnPropertyDescriptor(object, '__proto__');
      delete object.__proto__;
      return Object.setPrototypeOf(object, value);
    },
    name: (target, value) => Object.defineProperty(target, 'name', { value, configurable: true }),
    text: (value) => (isObject(value) ? String(value) : value),
    regexp: (source, flags) => ({ source, flags }),
    export(target, getters) { for (const name of Object.keys(getters)) Object.defineProperty(target, name, { get: getters[name], enumerable: true }); },
    reExport() { },
    toCommonJS: (value) => value,
    toESM: (value) => value,
  };

  const marks = { s: [], e: [], a: [], c: [] };
  const inner = outer((n) => { marks.s.push(n); }, (n) => { marks.e.push(n); }, (n, value) => { marks.a.push(n); return value; },
    (error) => { marks.c.push(String(error)); }, (specifier, n) => Promise.resolve(`import of ${specifier}`), { url: 'file:///meta' }, helpers);
  globalThisOf().console = { log: (...values) => print(values.map(String).join(' ')) };
  function globalThisOf() { return Function('return this')(); }

  const module = { exports: {} };
  if (Object.prototype.toString.call(inner) !== '[object GeneratorFunction]') {
    inner.call(module.exports, module.exports, (name) => `required ${name}`, module, '/file', '/');
    return { marks, exports: module.exports };
  }
  // An ES module: its first step links it.
  const generator = inner(module.exports, (specifier) => ({ default: `default of ${specifier}`, named: `named of ${specifier}` }), module);
  generator.next();
  const linked = Object.getOwnPropertyNames(module.exports).sort(); // V4's Object.keys would read the values
  const done = { value: false };
  run(generator, () => { done.value = true; }, (error) => { print(`rejected ${error}`); });
  return { marks, linked, done, exports: module.exports };
})
