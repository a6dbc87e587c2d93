// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: mitt
// does: Emits to handlers and wildcard handlers, removes them one by one and all.
import mitt from 'mitt';

const emitter = mitt();
const seen = [];
const listener = (event) => seen.push(['listener', event]);
emitter.on('foo', listener);
emitter.on('*', (type, event) => seen.push([type, event]));
emitter.emit('foo', { a: 1 });
emitter.emit('bar');
emitter.off('foo', listener);
emitter.emit('foo', 2);
const symbol = Symbol('s');
emitter.on(symbol, () => emitter.off(symbol));
emitter.emit(symbol);
console.log(seen, emitter.all.get('foo'), emitter.all.size);
emitter.all.clear();
emitter.emit('foo');
console.log(seen.length);
