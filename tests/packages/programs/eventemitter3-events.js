// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: eventemitter3
// does: Emits, listens once and with a context, counts and removes listeners.
const { EventEmitter } = require('eventemitter3');

class Door extends EventEmitter {
    open(who) { return this.emit('open', who, 2, 3, 4, 5, 6, 7); }
}
const door = new Door();
const context = { name: 'context' };
const listener = function (who, ...rest) { console.log('open', who, this === context, rest.length); };
door.on('open', listener, context);
door.once('open', (who) => console.log('once', who));
console.log(door.open('Ada'), door.open('Grace'), door.emit('nothing'));
console.log(door.listenerCount('open'), door.eventNames(), door.listeners('open').length);
const symbol = Symbol('s');
door.on(symbol, () => console.log('symbol'));
door.emit(symbol);
door.off('open', listener, {});
console.log(door.listenerCount('open'));
door.off('open', listener, context);
console.log(door.open('nobody'), door.eventNames());
door.on('a', function remove() { door.off('a', remove); console.log('removes itself'); });
door.on('a', () => console.log('second'));
door.emit('a');
door.emit('a');
door.removeAllListeners();
console.log(door.eventNames(), EventEmitter.prefixed);
try {
    door.on('x', 'not a function');
} catch (error) {
    console.log(error.name, error.message);
}
