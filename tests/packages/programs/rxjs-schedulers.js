// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: rxjs
// does: Orders work on the queue, asap and async schedulers beside ticks, promises and timers.
const rx = require('rxjs');

const log = (text) => () => console.log(text);
rx.asyncScheduler.schedule(log('async'), 20);
rx.asapScheduler.schedule(log('asap 1'));
rx.of('observed on asap').pipe(rx.observeOn(rx.asapScheduler)).subscribe((text) => console.log(text));
Promise.resolve().then(log('promise'));
process.nextTick(log('tick'));
rx.queueScheduler.schedule(() => {
    console.log('queue outer');
    rx.queueScheduler.schedule(log('queue inner'));
    console.log('queue outer ends');
});
const recursive = rx.asapScheduler.schedule(function (count) {
    console.log('recursive', count);
    if (count < 3)
        this.schedule(count + 1);
}, 0, 1);
console.log('main', recursive.closed);
setTimeout(() => { console.log(recursive.closed); recursive.unsubscribe(); }, 50);
