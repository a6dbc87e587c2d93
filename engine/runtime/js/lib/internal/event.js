// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The classes Event and CustomEvent.

const binding = require('../../core/binding');
const { codes } = require('../../core/errors');
const { validateObject } = require('../../core/validators');
const { inspect } = require('./inspect');

const state = Symbol('kEventState');
const trusted = Symbol('kTrustEvent');

function stateOf(event, name = 'Event') {
  const found = event === undefined || event === null ? undefined : event[state];
  if (found === undefined) throw new codes.ERR_INVALID_THIS(name);
  return found;
}

function deeperOptions(options) {
  return Object.assign({}, options, { depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth });
}

function enumerable(Class, names) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { enumerable: true });
}

function tag(Class, name) {
  // The bundler may have renamed the class.
  Object.defineProperty(Class, 'name', { value: name, configurable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, {
    value: name, writable: false, enumerable: false, configurable: true,
  });
}

class Event {
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    if (options !== undefined && options !== null) validateObject(options, 'options');
    const given = options || {};
    Object.defineProperty(this, state, {
      value: {
        type: `${type}`,
        bubbles: Boolean(given.bubbles),
        cancelable: Boolean(given.cancelable),
        composed: Boolean(given.composed),
        prevented: false,
        propagationStopped: false,
        stopped: false,
        target: null,
        dispatching: false,
        trusted: Boolean(given[trusted]),
        timeStamp: binding.now(),
      },
    });
  }

  initEvent(type, bubbles = false, cancelable = false) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    const own = stateOf(this);
    if (own.dispatching) return;
    own.type = `${type}`;
    own.bubbles = Boolean(bubbles);
    own.cancelable = Boolean(cancelable);
  }

  [inspect.custom](depth, options) {
    const own = stateOf(this);
    const { name } = this.constructor;
    if (depth < 0) return name;
    return `${name} ${inspect({
      type: own.type,
      defaultPrevented: own.prevented,
      cancelable: own.cancelable,
      timeStamp: own.timeStamp,
    }, deeperOptions(options))}`;
  }

  stopImmediatePropagation() {
    const own = stateOf(this);
    own.propagationStopped = true;
    own.stopped = true;
  }

  preventDefault() {
    stateOf(this).prevented = true;
  }

  get target() {
    return stateOf(this).target;
  }

  get currentTarget() {
    const own = stateOf(this);
    return own.dispatching ? own.target : null;
  }

  get srcElement() {
    return stateOf(this).target;
  }

  get type() {
    return stateOf(this).type;
  }

  get cancelable() {
    return stateOf(this).cancelable;
  }

  get defaultPrevented() {
    const own = stateOf(this);
    return own.cancelable && own.prevented;
  }

  get timeStamp() {
    return stateOf(this).timeStamp;
  }

  composedPath() {
    const own = stateOf(this);
    return own.dispatching ? [own.target] : [];
  }

  get returnValue() {
    const own = stateOf(this);
    return !own.cancelable || !own.prevented;
  }

  get bubbles() {
    return stateOf(this).bubbles;
  }

  get composed() {
    return stateOf(this).composed;
  }

  get eventPhase() {
    return stateOf(this).dispatching ? Event.AT_TARGET : Event.NONE;
  }

  get cancelBubble() {
    return stateOf(this).propagationStopped;
  }

  set cancelBubble(value) {
    const own = stateOf(this);
    if (value) own.propagationStopped = true;
  }

  stopPropagation() {
    stateOf(this).propagationStopped = true;
  }

  get isTrusted() {
    return stateOf(this).trusted;
  }
}

tag(Event, 'Event');
enumerable(Event, ['initEvent', 'stopImmediatePropagation', 'preventDefault', 'target', 'currentTarget', 'srcElement',
                   'type', 'cancelable', 'defaultPrevented', 'timeStamp', 'composedPath', 'returnValue', 'bubbles',
                   'composed', 'eventPhase', 'cancelBubble', 'stopPropagation', 'isTrusted']);
['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'].forEach((name, value) => {
  Object.defineProperty(Event, name, { value, enumerable: true });
});

const detail = Symbol('kDetail');

class CustomEvent extends Event {
  constructor(type, options = {}) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    super(type, options);
    const value = options === null ? undefined : options.detail;
    Object.defineProperty(this, detail, { value: value === undefined ? null : value });
  }

  get detail() {
    stateOf(this, 'CustomEvent');
    return this[detail];
  }
}

tag(CustomEvent, 'CustomEvent');
enumerable(CustomEvent, ['detail']);

module.exports = { CustomEvent, Event, deeperOptions, enumerable, state, tag, trusted };
