// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Node's domain module: errors of everything that was begun in a domain go to the domain. It follows operations by their async ids, takes
// uncaught errors through the process's capture callback, and teaches emitters which domain they belong to.

const EventEmitter = require('../core/events');
const { codes } = require('../core/errors');
const { createHook } = require('./internal/async-hooks');

if (process.hasUncaughtExceptionCaptureCallback()) throw new codes.ERR_DOMAIN_CALLBACK_NOT_AVAILABLE();

const requiredAt = new Error('require(`domain`) at this point').stack;
const setCaptureCallback = process.setUncaughtExceptionCaptureCallback;
process.setUncaughtExceptionCaptureCallback = function() {
  const error = new codes.ERR_DOMAIN_CANNOT_SET_UNCAUGHT_EXCEPTION_CAPTURE();
  error.stack = `${error.stack}\n${'-'.repeat(40)}\n${requiredAt}`;
  throw error;
};

// The domains that are entered, outermost first.
let entered = [];
let current = null;

Object.defineProperty(process, 'domain', {
  enumerable: true,
  get: () => current,
  set: (domain) => { current = domain; },
});

function setDomain(object, domain) {
  Object.defineProperty(object, 'domain', { configurable: true, enumerable: false, value: domain, writable: true });
}

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

// ------------------------------------------------------------------------------------------------------------- operations

const domainOf = new Map(); // async id -> domain

const follower = createHook({
  init(id, type, trigger, resource) {
    if (current === null || current === undefined) return;
    domainOf.set(id, current);
    setDomain(resource, current);
  },
  before(id) {
    const domain = domainOf.get(id);
    if (domain !== undefined) domain.enter();
  },
  after(id) {
    const domain = domainOf.get(id);
    if (domain !== undefined) domain.exit();
  },
  destroy(id) {
    domainOf.delete(id);
  },
});

// --------------------------------------------------------------------------------------------------------- uncaught errors

function updateCapture() {
  setCaptureCallback(null);
  if (entered.some((domain) => domain.listenerCount('error') > 0)) {
    setCaptureCallback((error) => current._errorHandler(error));
  }
}

function activate(domain) {
  exports.active = current = domain;
  updateCapture();
}

/** An uncaught error ends what runs: no domain stays entered. */
function leaveAll() {
  entered.length = 0;
  activate(null);
}

// It must be the first to hear of an uncaught error, and is no reason not to die of one.
process.on('newListener', (name, listener) => {
  if (name !== 'uncaughtException' || listener === leaveAll) return;
  process.removeListener(name, leaveAll);
  process.prependListener(name, leaveAll);
});
process.on('removeListener', (name, listener) => {
  if (name !== 'uncaughtException' || listener === leaveAll) return;
  if (process.listeners(name).every((other) => other === leaveAll)) process.removeListener(name, leaveAll);
});

// ---------------------------------------------------------------------------------------------------------------- domains

class Domain extends EventEmitter {
  constructor() {
    super();
    this.members = [];
    follower.enable();
    this.on('removeListener', updateCapture);
    this.on('newListener', updateCapture);
  }
}

Object.assign(Domain.prototype, {
  members: undefined,

  /** Takes an uncaught error. True if a listener of 'error' did. */
  _errorHandler(error) {
    if (isObject(error)) {
      setDomain(error, this);
      error.domainThrown = true;
    }
    // Its listeners run outside of it: what they throw is not theirs to take.
    while (exports.active === this) this.exit();
    let caught = false;
    if (entered.length === 0) {
      // Without a listener 'error' itself would throw, and hide the process's own handlers.
      if (this.listenerCount('error') > 0) {
        setCaptureCallback(null); // what the listener throws is nobody's
        try {
          caught = this.emit('error', error);
        } finally {
          updateCapture();
        }
      }
    } else {
      try {
        caught = this.emit('error', error);
      } catch (second) {
        // The listener threw: the next domain out takes that error.
        updateCapture();
        if (entered.length === 0) throw second;
        activate(entered[entered.length - 1]);
        caught = current._errorHandler(second);
      }
    }
    leaveAll();
    return caught;
  },

  enter() {
    entered.push(this);
    activate(this);
  },

  exit() {
    const position = entered.lastIndexOf(this);
    if (position === -1) return;
    entered.length = position;
    activate(entered[position - 1]);
  },

  add(emitter) {
    if (emitter.domain === this) return;
    if (emitter.domain) emitter.domain.remove(emitter);
    // A domain cannot be in one that is inside of it.
    if (emitter instanceof Domain) {
      for (let outer = this.domain; outer; outer = outer.domain) {
        if (outer === emitter) return;
      }
    }
    setDomain(emitter, this);
    this.members.push(emitter);
  },

  remove(emitter) {
    emitter.domain = null;
    const position = this.members.indexOf(emitter);
    if (position !== -1) this.members.splice(position, 1);
  },

  run(callback, ...args) {
    this.enter();
    const result = callback.apply(this, args);
    this.exit();
    return result;
  },

  /** A callback whose first argument is an error or nothing: an error goes to the domain, the rest to `callback`. */
  intercept(callback) {
    const domain = this;
    return function runIntercepted(error, ...args) {
      if (error && error instanceof Error) {
        error.domainBound = callback;
        error.domainThrown = false;
        setDomain(error, domain);
        domain.emit('error', error);
        return undefined;
      }
      return inside(domain, this, callback, args);
    };
  },

  bind(callback) {
    const domain = this;
    function runBound(...args) {
      return inside(domain, this, callback, args);
    }
    setDomain(runBound, this);
    return runBound;
  },
});

function inside(domain, receiver, callback, args) {
  domain.enter();
  const result = callback.apply(receiver, args);
  domain.exit();
  return result;
}

// --------------------------------------------------------------------------------------------------------------- emitters

EventEmitter.usingDomains = true;

const { init } = EventEmitter;
EventEmitter.init = function(options) {
  setDomain(this, null);
  if (exports.active && !(this instanceof Domain)) this.domain = exports.active;
  return init.call(this, options);
};

/** An emitter nobody listens to for errors: the error goes to its domain, whose listeners run outside of it. */
function emitToDomain(emitter, domain, args) {
  const error = args.length > 0 && args[0] ? args[0] : new codes.ERR_UNHANDLED_ERROR(args[0]);
  if (typeof error === 'object') {
    error.domainEmitter = emitter;
    setDomain(error, domain);
    error.domainThrown = false;
  }
  const wereEntered = entered.slice();
  const wasCurrent = current;
  let outer = entered.length - 1;
  while (outer > -1 && current === entered[outer]) --outer;
  entered.length = outer + 1;
  activate(outer > -1 ? entered[outer] : null);
  domain.emit('error', error);
  exports._stack = entered = wereEntered;
  activate(wasCurrent);
  return false;
}

const { emit } = EventEmitter.prototype;
EventEmitter.prototype.emit = function(type, ...args) {
  const { domain } = this;
  const isHeard = type === 'error' && this.listenerCount(type) > 0;
  if (isHeard || domain === null || domain === undefined || this === process) return emit.call(this, type, ...args);
  return type === 'error' ? emitToDomain(this, domain, args) : inside(domain, this, emit, [type, ...args]);
};

const makeDomain = () => new Domain();

exports.Domain = Domain;
exports._stack = entered;
exports.active = null;
exports.create = exports.createDomain = makeDomain;
