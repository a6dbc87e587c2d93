// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Properties that are deleted and come back, or are redefined, many times: none takes the place of another one's value.
const EventEmitter = require('events');
const http = require('http');

const rounds = 300;
const wide = {};
for (let i = 0; i < 300; i++) wide[`p${i}`] = i;
const parent = { inherited: 1 };
const child = Object.create(parent);
class Counter { static get ticks() { return 7; } }

const owners = {
  plain: {}, bare: Object.create(null), wide, parent, array: [1, 2], function: (a, b) => a + b, class: Counter, prototype: Counter.prototype, error: new TypeError('text'),
  map: new Map([[1, 2]]), regexp: /x/g, bytes: new Uint8Array(3), date: new Date(0), arguments: (function () { return arguments; })(1, 2), global: globalThis,
};

/** How often a property had another value than the one it was given. */
function lose(object) {
  let lost = 0;
  for (let i = 0; i < rounds; i++) {
    delete object.first;
    delete object.second;
    object.second = -i;
    object.first = i;
    if (object.first !== i || object.second !== -i) lost++;
    if (i % 7 === 0) {
      delete object.second;
      object.second = -i;
    }
  }
  return lost;
}
for (const name of Object.keys(owners)) console.log(name, lose(owners[name]));
console.log(child.inherited, child.first, wide.p299, Counter.ticks, Counter.name, Counter.length, owners.function.length, owners.function(1, 2), owners.error.message);
parent.first = 'new';
console.log(child.first, owners.array, owners.regexp.lastIndex, Object.keys(owners.plain), Object.isExtensible(owners.plain));

function redefine(object, descriptor) {
  let lost = 0;
  for (let i = 0; i < rounds; i++) {
    Object.defineProperty(object, 'key', descriptor(i));
    if (object.key !== i || object.last !== 'last') lost++;
  }
  return lost;
}
const changes = {
  enumerable: (i) => ({ value: i, enumerable: i % 2 === 0 }),
  writable: (i) => ({ value: i, writable: i % 3 === 0 }),
  accessor: (i) => (i % 2 === 0 ? { value: i } : { get: () => i }),
};
for (const name of Object.keys(changes)) {
  for (const make of [() => ({}), () => () => 1, () => [], () => Object.create({})]) {
    const object = make();
    object.key = 0;
    delete object.other;
    object.last = 'last';
    const unextensible = Object.preventExtensions(Object.defineProperty({ gone: 1, last: 'last' }, 'key', { value: 0, configurable: true }));
    console.log(name, redefine(object, changes[name]), redefine(unextensible, changes[name]), Object.isExtensible(unextensible), Object.getOwnPropertyDescriptor(object, 'last'));
  }
}

// The library has such objects, too. Of four names one at a time comes or goes, and all that are there must be what they were set to.
let seed = 1;
const draw = (count) => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor(seed / 65536) % count;
};
function comeAndGo(what, { add, remove, read }) {
  const present = new Map();
  let wrong = 0;
  for (let i = 0; i < 3000; i++) {
    const name = `x-name-${draw(4)}`;
    if (present.has(name)) {
      remove(name, present.get(name));
      present.delete(name);
    } else {
      present.set(name, add(name, i));
    }
    for (const [key, value] of present) if (read(key) !== value) wrong++;
  }
  console.log(what, wrong, [...present.keys()]);
}

const emitter = new EventEmitter();
emitter.on('stays', () => {});
comeAndGo('listeners', {
  add(name) {
    const listener = () => {};
    emitter.on(name, listener);
    return listener;
  },
  remove: (name, listener) => emitter.off(name, listener),
  read: (name) => emitter.listeners(name)[0],
});
console.log(emitter.eventNames());

const message = new http.OutgoingMessage();
comeAndGo('headers', {
  add(name, value) {
    message.setHeader(name, value);
    return value;
  },
  remove: (name) => message.removeHeader(name),
  read: (name) => message.getHeader(name),
});
console.log(message.getHeaderNames());

const agent = new http.Agent({ keepAlive: true });
comeAndGo('connections', {
  add(host) {
    const socket = { writable: true };
    agent.sockets[agent.getName({ host })] = [socket];
    return socket;
  },
  remove: (host, socket) => agent.removeSocket(socket, { host }),
  read: (host) => (agent.sockets[agent.getName({ host })] || [])[0],
});
console.log(Object.keys(agent.sockets));
