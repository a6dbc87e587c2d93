// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// EventTarget as Node implements it: without a tree of targets, with `once`, `passive`, `capture`, `signal`.

const EventEmitter = require('../../core/events');
const { codes } = require('../../core/errors');
const { validateAbortSignal, validateObject, validateString } = require('../../core/validators');
const { asynchronously } = require('./async');
const { CustomEvent, Event, deeperOptions, enumerable, state, tag } = require('./event');
const { inspect } = require('./inspect');

const { kMaxEventTargetListeners: maxListeners, kMaxEventTargetListenersWarned: maxListenersWarned } = EventEmitter;
const targetMark = Symbol.for('nodejs.event_target');
const events = Symbol('kEvents');
const handlers = Symbol('kHandlers');
const onNewListener = Symbol('kNewListener');
const onRemoveListener = Symbol('kRemoveListener');
const createEvent = Symbol('kCreateEvent');
const nodeStyle = Symbol('kIsNodeStyleListener');
const resistStopPropagation = Symbol('kResistStopPropagation');

function isEventTarget(value) {
  return Boolean(value && value.constructor && value.constructor[targetMark]);
}

function checkThis(value) {
  if (!isEventTarget(value)) throw new codes.ERR_INVALID_THIS('EventTarget');
}

function reportLater(error) {
  process.nextTick(() => {
    throw error;
  });
}

function isListener(listener) {
  if (typeof listener === 'function') return true;
  if (listener === null || listener === undefined) return false;
  if (typeof listener === 'object') return true;
  throw new codes.ERR_INVALID_ARG_TYPE('listener', 'EventListener', listener);
}

function checkedOptions(options) {
  if (options === undefined || options === null) return {};
  if (typeof options === 'boolean') return { capture: options };
  validateObject(options, 'options', { allowArray: true, allowFunction: true });
  return {
    once: Boolean(options.once),
    capture: Boolean(options.capture),
    passive: Boolean(options.passive),
    signal: options.signal,
    resistStopPropagation: Boolean(options[resistStopPropagation]),
    nodeStyle: Boolean(options[nodeStyle]),
  };
}

function makeListener(listener, options) {
  const callback = typeof listener === 'function' ? listener : (event) => asynchronously(() =>
    (listener.handleEvent ? listener.handleEvent(event) : undefined));
  return {
    listener,
    callback,
    once: Boolean(options.once),
    capture: Boolean(options.capture),
    passive: Boolean(options.passive),
    nodeStyle: Boolean(options.nodeStyle),
    resistStopPropagation: Boolean(options.resistStopPropagation),
    removed: false,
  };
}

function initEventTarget(target) {
  const hidden = (name, value) => Object.defineProperty(target, name, { value, writable: true, configurable: true });
  hidden(events, new Map());
  hidden(maxListeners, EventEmitter.defaultMaxListeners);
  hidden(maxListenersWarned, false);
  hidden(handlers, new Map());
}

function remove(target, type, list, entry) {
  entry.removed = true;
  list.splice(list.indexOf(entry), 1);
  target[onRemoveListener](list.length, type);
}

function call(target, entry, event, nodeValue) {
  try {
    const argument = entry.nodeStyle ? nodeValue : event();
    const result = entry.callback.call(target, argument);
    // As in Node, an event counts as being dispatched until its first listener returns.
    if (!entry.nodeStyle) argument[state].dispatching = false;
    if (result === undefined || result === null) return;
    const { then } = result;
    if (typeof then === 'function') then.call(result, undefined, reportLater);
  } catch (error) {
    reportLater(error);
  }
}

/** Calls the listeners with an event (made when first needed, for node-style emitting) or with a plain value. */
function dispatch(target, nodeValue, type, given) {
  let current = given;
  const begin = (event) => {
    event[state].target = target;
    event[state].dispatching = true;
    return event;
  };
  const event = () => {
    if (current === undefined) current = begin(target[createEvent](nodeValue, type));
    return current;
  };
  if (given !== undefined) begin(given);
  const list = target[events].get(type);
  const hasStopped = () => current !== undefined && current[state].stopped;
  for (const entry of list === undefined ? [] : list.slice()) {
    if (entry.removed || (hasStopped() && !entry.resistStopPropagation)) continue;
    if (entry.once) remove(target, type, list, entry);
    call(target, entry, event, nodeValue);
  }
  if (current !== undefined) current[state].dispatching = false;
}

class EventTarget {
  constructor() {
    initEventTarget(this);
  }

  [onNewListener](size, type) {
    const limit = this[maxListeners];
    if (limit <= 0 || size <= limit || this[maxListenersWarned]) return;
    this[maxListenersWarned] = true;
    const warning = new Error(`Possible EventTarget memory leak detected. ${size} ${type} listeners added to ` +
      `${inspect(this, { depth: -1 })}. MaxListeners is ${limit}. Use events.setMaxListeners() to increase limit`);
    warning.name = 'MaxListenersExceededWarning';
    warning.target = this;
    warning.type = type;
    warning.count = size;
    process.emitWarning(warning);
  }

  [onRemoveListener]() {}

  addEventListener(type, listener, options = undefined) {
    checkThis(this);
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
    const checked = checkedOptions(options);
    const { signal } = checked;
    validateAbortSignal(signal, 'options.signal');
    if (signal) {
      if (signal.aborted) return;
      signal.addEventListener('abort', () => this.removeEventListener(type, listener, checked),
                              { once: true, [resistStopPropagation]: true });
    }
    if (!isListener(listener)) {
      const warning = new Error(`addEventListener called with ${listener} which has no effect.`);
      warning.name = 'AddEventListenerArgumentTypeWarning';
      warning.target = this;
      warning.type = type;
      process.emitWarning(warning);
      return;
    }
    const name = `${type}`;
    if (!this[events].has(name)) this[events].set(name, []);
    const list = this[events].get(name);
    const capture = Boolean(checked.capture);
    if (list.some((entry) => entry.listener === listener && entry.capture === capture)) return;
    list.push(makeListener(listener, checked));
    this[onNewListener](list.length, name);
  }

  removeEventListener(type, listener, options = {}) {
    checkThis(this);
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
    if (!isListener(listener)) return;
    const name = `${type}`;
    const capture = options !== null && (options === true || options.capture === true);
    const list = this[events].get(name);
    if (list === undefined) return;
    const found = list.find((entry) => entry.listener === listener && entry.capture === capture);
    if (found !== undefined) remove(this, name, list, found);
  }

  dispatchEvent(event) {
    checkThis(this);
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('event');
    if (!(event instanceof Event)) throw new codes.ERR_INVALID_ARG_TYPE('event', 'Event', event);
    if (event[state].dispatching) throw new codes.ERR_EVENT_RECURSION(event.type);
    dispatch(this, event, event.type, event);
    return event.defaultPrevented !== true;
  }

  [createEvent](value, type) {
    return new CustomEvent(type, { detail: value });
  }

  [inspect.custom](depth, options) {
    checkThis(this);
    const { name } = this.constructor;
    return depth < 0 ? name : `${name} ${inspect({}, deeperOptions(options))}`;
  }
}

Object.defineProperty(EventTarget, targetMark, { value: true });
enumerable(EventTarget, ['addEventListener', 'removeEventListener', 'dispatchEvent']);
tag(EventTarget, 'EventTarget');

/** An EventTarget with the methods of an emitter too, as Node's own ports have. */
class NodeEventTarget extends EventTarget {
  setMaxListeners(n) {
    EventEmitter.setMaxListeners(n, this);
  }

  getMaxListeners() {
    return this[maxListeners];
  }

  eventNames() {
    return Array.from(this[events].keys()).filter((name) => this[events].get(name).length > 0);
  }

  listenerCount(type) {
    const list = this[events].get(String(type));
    return list === undefined ? 0 : list.length;
  }

  off(type, listener, options) {
    this.removeEventListener(type, listener, options);
    return this;
  }

  removeListener(type, listener, options) {
    return this.off(type, listener, options);
  }

  on(type, listener) {
    this.addEventListener(type, listener, { [nodeStyle]: true });
    return this;
  }

  addListener(type, listener) {
    return this.on(type, listener);
  }

  emit(type, value) {
    validateString(type, 'type');
    const had = this.listenerCount(type) > 0;
    dispatch(this, value, type);
    return had;
  }

  once(type, listener) {
    this.addEventListener(type, listener, { once: true, [nodeStyle]: true });
    return this;
  }

  removeAllListeners(type) {
    if (type === undefined) this[events].clear();
    else this[events].delete(String(type));
    return this;
  }
}

/** Defines the property `on<name>` of a class of targets. */
function defineEventHandler(prototype, name) {
  const property = `on${name}`;
  Object.defineProperty(prototype, property, {
    get() {
      const wrapper = this[handlers].get(name);
      return wrapper === undefined ? null : wrapper.handler;
    },
    set(value) {
      let wrapper = this[handlers].get(name);
      if (wrapper === undefined) {
        wrapper = function(...args) {
          return typeof wrapper.handler === 'function' ? wrapper.handler.apply(this, args) : undefined;
        };
        wrapper.handler = value;
        this[handlers].set(name, wrapper);
        this.addEventListener(name, wrapper);
      } else {
        wrapper.handler = value;
      }
      if (wrapper.handler === undefined) wrapper.handler = null;
    },
    configurable: true,
    enumerable: true,
  });
}

module.exports = {
  CustomEvent,
  Event,
  EventTarget,
  NodeEventTarget,
  defineEventHandler,
  dispatch,
  initEventTarget,
  isEventTarget,
  listenersOf(target, type) {
    return (target[events].get(type) || []).map((entry) => entry.listener);
  },
  onNewListener,
  onRemoveListener,
  resistStopPropagation,
};
