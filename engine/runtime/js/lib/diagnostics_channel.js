// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const { codes } = require('../core/errors');
const { validateFunction } = require('../core/validators');

function reportLater(error) {
  process.nextTick(() => process.emit('uncaughtException', error, 'uncaughtException'));
}

class Channel {
  constructor(name) {
    this._subscribers = undefined;
    this._stores = undefined;
    this.name = name;
  }

  get hasSubscribers() {
    return (this._subscribers !== undefined && this._subscribers.length > 0) ||
      (this._stores !== undefined && this._stores.size > 0);
  }

  subscribe(subscription) {
    validateFunction(subscription, 'subscription');
    this._subscribers = (this._subscribers || []).concat(subscription);
  }

  unsubscribe(subscription) {
    const index = (this._subscribers || []).indexOf(subscription);
    if (index === -1) return false;
    this._subscribers = this._subscribers.filter((_, i) => i !== index);
    return true;
  }

  bindStore(store, transform) {
    if (this._stores === undefined) this._stores = new Map();
    this._stores.set(store, transform);
  }

  unbindStore(store) {
    return this._stores !== undefined && this._stores.delete(store);
  }

  publish(data) {
    for (const subscription of this._subscribers || []) {
      try {
        subscription(data, this.name);
      } catch (error) {
        reportLater(error);
      }
    }
  }

  runStores(data, callback, thisArgument, ...args) {
    let run = () => {
      this.publish(data);
      return callback.apply(thisArgument, args);
    };
    for (const [store, transform] of this._stores || []) {
      const inner = run;
      run = () => {
        let context = data;
        if (transform !== undefined) {
          try {
            context = transform(data);
          } catch (error) {
            reportLater(error);
            return inner();
          }
        }
        return store.run(context, inner);
      };
    }
    return run();
  }
}

const channels = new Map();

function channel(name) {
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new codes.ERR_INVALID_ARG_TYPE('channel', ['string', 'symbol'], name);
  }
  if (!channels.has(name)) channels.set(name, new Channel(name));
  return channels.get(name);
}

const traceEvents = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

class TracingChannel {
  constructor(nameOrChannels) {
    for (const name of traceEvents) {
      this[name] = typeof nameOrChannels === 'string' ? channel(`tracing:${nameOrChannels}:${name}`) : nameOrChannels[name];
    }
  }

  subscribe(handlers) {
    for (const name of traceEvents) {
      if (handlers[name]) this[name].subscribe(handlers[name]);
    }
  }

  unsubscribe(handlers) {
    return traceEvents.filter((name) => handlers[name]).map((name) => this[name].unsubscribe(handlers[name])).every(Boolean);
  }

  traceSync(fn, context = {}, thisArgument, ...args) {
    return this.start.runStores(context, () => {
      try {
        const result = fn.apply(thisArgument, args);
        context.result = result;
        return result;
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  tracePromise(fn, context = {}, thisArgument, ...args) {
    const settle = (key, value) => {
      context[key] = value;
      if (key === 'error') this.error.publish(context);
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
    };
    return this.start.runStores(context, () => {
      try {
        const promise = Promise.resolve(fn.apply(thisArgument, args));
        return promise.then((value) => {
          settle('result', value);
          return value;
        }, (error) => {
          settle('error', error);
          return Promise.reject(error);
        });
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  traceCallback(fn, position = -1, context = {}, thisArgument, ...args) {
    const index = position < 0 ? args.length + position : position;
    const callback = args[index];
    validateFunction(callback, 'callback');
    const channelOf = this;
    args[index] = function(error, result, ...rest) {
      if (error) {
        context.error = error;
        channelOf.error.publish(context);
      } else {
        context.result = result;
      }
      return channelOf.asyncStart.runStores(context, () => {
        try {
          return callback.call(this, error, result, ...rest);
        } finally {
          channelOf.asyncEnd.publish(context);
        }
      });
    };
    return this.start.runStores(context, () => {
      try {
        return fn.apply(thisArgument, args);
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }
}

module.exports = {
  channel,
  hasSubscribers: (name) => channels.has(name) && channels.get(name).hasSubscribers,
  subscribe: (name, subscription) => channel(name).subscribe(subscription),
  tracingChannel: (nameOrChannels) => new TracingChannel(nameOrChannels),
  unsubscribe: (name, subscription) => channel(name).unsubscribe(subscription),
  Channel,
};
