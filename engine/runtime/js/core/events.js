// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Node's `events`: the emitter itself. What works with promises (once, on, ...) is in lib/internal/events-async.js.

const { delete: deleteProperty } = require('./binding');
const lib = require('./lib');
const { noteEmission } = require('./emitted-errors');
const { codes } = require('./errors');
const { validateAbortSignal, validateBoolean, validateFunction, validateNumber } = require('./validators');

// Descriptions and order of these are visible when an emitter is printed.
const shapeMode = Symbol('shapeMode');
const capture = Symbol('kCapture');
const errorMonitor = Symbol('events.errorMonitor');
const rejection = Symbol.for('nodejs.rejection');
const maxEventTargetListeners = Symbol('events.maxEventTargetListeners');
const maxEventTargetListenersWarned = Symbol('events.maxEventTargetListenersWarned');

let defaultMaxListeners = 10;

function EventEmitter(options) {
  EventEmitter.init.call(this, options);
}

function emptyTable() {
  return Object.create(null);
}

Object.defineProperty(EventEmitter.prototype, capture, { value: false, writable: true, enumerable: false });
EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;

function limitOf(emitter) {
  return emitter._maxListeners === undefined ? EventEmitter.defaultMaxListeners : emitter._maxListeners;
}

EventEmitter.prototype.setMaxListeners = function setMaxListeners(n) {
  validateNumber(n, 'setMaxListeners', 0);
  this._maxListeners = n;
  return this;
};

EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return limitOf(this);
};

function reportRejection(emitter, error, type, args) {
  if (typeof emitter[rejection] === 'function') {
    emitter[rejection](error, type, ...args);
    return;
  }
  // Otherwise an async 'error' listener that rejects would go round for ever.
  const previous = emitter[capture];
  try {
    emitter[capture] = false;
    emitter.emit('error', error);
  } finally {
    emitter[capture] = previous;
  }
}

function captureRejection(emitter, result, type, args) {
  try {
    const then = result.then;
    if (typeof then === 'function') {
      then.call(result, undefined, (error) => {
        process.nextTick(reportRejection, emitter, error, type, args);
      });
    }
  } catch (error) {
    emitter.emit('error', error);
  }
}

function throwUnhandled(emitter, args) {
  const error = args[0];
  if (error instanceof Error) {
    noteEmission(error, emitter, EventEmitter.prototype.emit);
    throw error; // Unhandled 'error' event
  }
  let text;
  try {
    text = lib.require('internal/inspect').inspect(error);
  } catch (unprintable) {
    text = error;
  }
  const wrapper = new codes.ERR_UNHANDLED_ERROR(text);
  wrapper.context = error;
  throw wrapper; // Unhandled 'error' event
}

EventEmitter.prototype.emit = function emit(type, ...args) {
  const events = this._events;
  if (type === 'error') {
    if (events !== undefined && events[errorMonitor] !== undefined) this.emit(errorMonitor, ...args);
    if (events === undefined || events.error === undefined) throwUnhandled(this, args);
  } else if (events === undefined) {
    return false;
  }
  const handler = events[type];
  if (handler === undefined) return false;
  if (typeof handler === 'function') {
    const result = handler.apply(this, args);
    if (result !== undefined && result !== null && this[capture]) captureRejection(this, result, type, args);
    return true;
  }
  const listeners = handler.slice();
  for (let i = 0; i < listeners.length; ++i) {
    const result = listeners[i].apply(this, args);
    if (result !== undefined && result !== null && this[capture]) captureRejection(this, result, type, args);
  }
  return true;
};

function warnOfLeak(emitter, type, list, limit) {
  list.warned = true;
  const shown = lib.require('internal/inspect').inspect(emitter, { depth: -1 });
  const warning = new Error(`Possible EventEmitter memory leak detected. ${list.length} ${String(type)} listeners ` +
    `added to ${shown}. MaxListeners is ${limit}. Use emitter.setMaxListeners() to increase limit`);
  warning.name = 'MaxListenersExceededWarning';
  warning.emitter = emitter;
  warning.type = type;
  warning.count = list.length;
  process.emitWarning(warning);
}

function add(emitter, type, listener, prepend) {
  validateFunction(listener, 'listener');
  let events = emitter._events;
  if (events === undefined) {
    events = emitter._events = emptyTable();
    emitter._eventsCount = 0;
  } else if (events.newListener !== undefined) {
    // Before it is added: a listener for 'newListener' must not see itself added.
    const original = listener.listener;
    emitter.emit('newListener', type, original === undefined || original === null ? listener : original);
    events = emitter._events;
  }
  const existing = events[type];
  if (existing === undefined) {
    events[type] = listener;
    ++emitter._eventsCount;
    return emitter;
  }
  let list = existing;
  if (typeof existing === 'function') {
    list = events[type] = prepend ? [listener, existing] : [existing, listener];
  } else if (prepend) {
    existing.unshift(listener);
  } else {
    existing.push(listener);
  }
  const limit = limitOf(emitter);
  if (limit > 0 && list.length > limit && !list.warned) warnOfLeak(emitter, type, list, limit);
  return emitter;
}

EventEmitter.prototype.addListener = function addListener(type, listener) {
  return add(this, type, listener, false);
};

EventEmitter.prototype.on = EventEmitter.prototype.addListener;

EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return add(this, type, listener, true);
};

function onceWrapper(...args) {
  if (this.fired) return undefined;
  this.target.removeListener(this.type, this.wrapper);
  this.fired = true;
  return this.listener.apply(this.target, args);
}

function wrapOnce(target, type, listener) {
  const state = { fired: false, wrapper: undefined, target, type, listener };
  const wrapper = onceWrapper.bind(state);
  wrapper.listener = listener;
  state.wrapper = wrapper;
  return wrapper;
}

EventEmitter.prototype.once = function once(type, listener) {
  validateFunction(listener, 'listener');
  this.on(type, wrapOnce(this, type, listener));
  return this;
};

EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  validateFunction(listener, 'listener');
  this.prependListener(type, wrapOnce(this, type, listener));
  return this;
};

function isListener(entry, listener) {
  return entry === listener || entry.listener === listener;
}

function removeOnly(emitter, events, type, entry, listener) {
  emitter._eventsCount -= 1;
  if (emitter[shapeMode]) {
    events[type] = undefined;
  } else if (emitter._eventsCount === 0) {
    emitter._events = emptyTable();
  } else {
    deleteProperty(events, type, true);
    if (events.removeListener) emitter.emit('removeListener', type, entry.listener || listener);
  }
}

EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  validateFunction(listener, 'listener');
  const events = this._events;
  const entry = events === undefined ? undefined : events[type];
  if (entry === undefined) return this;
  if (isListener(entry, listener)) {
    removeOnly(this, events, type, entry, listener);
  } else if (typeof entry !== 'function') {
    let position = entry.length - 1;
    while (position >= 0 && !isListener(entry[position], listener)) --position;
    if (position < 0) return this;
    entry.splice(position, 1);
    if (entry.length === 1) events[type] = entry[0];
    if (events.removeListener !== undefined) this.emit('removeListener', type, listener);
  }
  return this;
};

EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

function forgetAll(emitter) {
  emitter._events = emptyTable();
  emitter._eventsCount = 0;
  emitter[shapeMode] = false;
}

EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;
  const all = arguments.length === 0;
  if (events.removeListener === undefined) {
    if (all) {
      forgetAll(this);
    } else if (events[type] !== undefined) {
      if (--this._eventsCount === 0) this._events = emptyTable();
      else deleteProperty(events, type, true);
    }
    this[shapeMode] = false;
    return this;
  }
  if (all) {
    for (const key of Reflect.ownKeys(events)) {
      if (key !== 'removeListener') this.removeAllListeners(key);
    }
    this.removeAllListeners('removeListener');
    forgetAll(this);
    return this;
  }
  const listeners = events[type];
  if (typeof listeners === 'function') {
    this.removeListener(type, listeners);
  } else if (listeners !== undefined) {
    for (let i = listeners.length - 1; i >= 0; --i) this.removeListener(type, listeners[i]);
  }
  return this;
};

function entriesOf(emitter, type) {
  const entry = emitter._events === undefined ? undefined : emitter._events[type];
  if (entry === undefined) return [];
  return typeof entry === 'function' ? [entry] : entry.slice();
}

EventEmitter.prototype.listeners = function listeners(type) {
  return entriesOf(this, type).map((entry) => (typeof entry.listener === 'function' ? entry.listener : entry));
};

EventEmitter.prototype.rawListeners = function rawListeners(type) {
  return entriesOf(this, type);
};

EventEmitter.prototype.listenerCount = function listenerCount(type, listener) {
  const entry = this._events === undefined ? undefined : this._events[type];
  if (entry === undefined) return 0;
  if (listener === undefined || listener === null) return typeof entry === 'function' ? 1 : entry.length;
  return entriesOf(this, type).filter((item) => isListener(item, listener)).length;
};

EventEmitter.prototype.eventNames = function eventNames() {
  return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
};

function isEventTarget(value) {
  return lib.require('internal/event-target').isEventTarget(value);
}

function notAnEmitter(name, value) {
  return new codes.ERR_INVALID_ARG_TYPE(name, ['EventEmitter', 'EventTarget'], value);
}

function getEventListeners(target, type) {
  if (typeof target.listeners === 'function') return target.listeners(type);
  if (isEventTarget(target)) return lib.require('internal/event-target').listenersOf(target, type);
  throw notAnEmitter('emitter', target);
}

function addAbortListener(signal, listener) {
  if (signal === undefined) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateFunction(listener, 'listener');
  let remove;
  if (signal.aborted) {
    queueMicrotask(() => listener());
  } else {
    const { resistStopPropagation } = lib.require('internal/event-target');
    signal.addEventListener('abort', listener, { once: true, [resistStopPropagation]: true });
    remove = () => signal.removeEventListener('abort', listener);
  }
  const disposable = Object.create(null);
  disposable[Symbol.dispose || Symbol.for('nodejs.dispose')] = () => {
    if (remove !== undefined) remove();
  };
  return disposable;
}

// Written as methods, because the bundler renames functions whose name another one has already.
const statics = {
  once(emitter, name, ...options) {
    return lib.require('internal/events-async').once(emitter, name, ...options);
  },

  on(emitter, event, ...options) {
    return lib.require('internal/events-async').on(emitter, event, ...options);
  },

  getMaxListeners(target) {
    if (target && typeof target.getMaxListeners === 'function') return limitOf(target);
    if (target && target[maxEventTargetListeners]) return target[maxEventTargetListeners];
    throw notAnEmitter('emitter', target);
  },
};

Object.assign(EventEmitter, {
  addAbortListener,
  once: statics.once,
  on: statics.on,
  getEventListeners,
  getMaxListeners: statics.getMaxListeners,
  EventEmitter,
  usingDomains: false,
  captureRejectionSymbol: rejection,
});

Object.defineProperty(EventEmitter, 'captureRejections', {
  get() {
    return EventEmitter.prototype[capture];
  },
  set(value) {
    validateBoolean(value, 'EventEmitter.captureRejections');
    EventEmitter.prototype[capture] = value;
  },
  enumerable: true,
});

Object.defineProperty(EventEmitter, 'EventEmitterAsyncResource', {
  get: () => lib.require('internal/events-async').EventEmitterAsyncResource,
  enumerable: true,
  configurable: true,
});

EventEmitter.errorMonitor = errorMonitor;

Object.defineProperty(EventEmitter, 'defaultMaxListeners', {
  get: () => defaultMaxListeners,
  set(value) {
    validateNumber(value, 'defaultMaxListeners', 0);
    defaultMaxListeners = value;
  },
  enumerable: true,
});

Object.defineProperty(EventEmitter, 'kMaxEventTargetListeners', { value: maxEventTargetListeners });
Object.defineProperty(EventEmitter, 'kMaxEventTargetListenersWarned', { value: maxEventTargetListenersWarned });

EventEmitter.setMaxListeners = function(n = defaultMaxListeners, ...targets) {
  validateNumber(n, 'setMaxListeners', 0);
  if (targets.length === 0) defaultMaxListeners = n;
  for (const target of targets) {
    if (isEventTarget(target)) {
      target[maxEventTargetListeners] = n;
      target[maxEventTargetListenersWarned] = false;
    } else if (typeof target.setMaxListeners === 'function') {
      target.setMaxListeners(n);
    } else {
      throw notAnEmitter('eventTargets', target);
    }
  }
};

EventEmitter.init = function(options) {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = emptyTable();
    this._eventsCount = 0;
    this[shapeMode] = false;
  } else {
    this[shapeMode] = true;
  }
  this._maxListeners = this._maxListeners || undefined;
  if (options && options.captureRejections) {
    validateBoolean(options.captureRejections, 'options.captureRejections');
    this[capture] = true;
  } else {
    this[capture] = EventEmitter.prototype[capture];
  }
};

EventEmitter.listenerCount = function(emitter, type) {
  if (typeof emitter.listenerCount === 'function') return emitter.listenerCount(type);
  return EventEmitter.prototype.listenerCount.call(emitter, type);
};

module.exports = EventEmitter;
