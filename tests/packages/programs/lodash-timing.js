// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: lodash
// does: Debounces, throttles, memoizes, defers and limits calls.
const _ = require('lodash');

const log = [];
const debounced = _.debounce((x) => log.push(`debounced ${x}`), 100);
const leading = _.debounce((x) => log.push(`leading ${x}`), 100, { leading: true, trailing: false });
const throttled = _.throttle((x) => log.push(`throttled ${x}`), 200);
for (let i = 0; i < 5; ++i)
    setTimeout(() => { debounced(i); leading(i); throttled(i); }, i * 20);
setTimeout(() => {
    console.log(log);
    const cancelled = _.debounce(() => console.log('never'), 10);
    cancelled();
    cancelled.cancel();
    const flushed = _.debounce(() => 'flushed', 1000);
    flushed();
    console.log(flushed.flush());
    _.defer((text) => console.log(text), 'deferred');
    _.delay((text) => console.log(text), 30, 'delayed');
    let computed = 0;
    const square = _.memoize((n) => { ++computed; return n * n; });
    console.log(square(4), square(4), computed, square.cache.has(4));
    const once = _.once(() => Math.random());
    console.log(once() === once());
    const third = _.after(3, () => console.log('third call'));
    third(); third(); third();
    console.log(_.times(3, String), _.before(2, () => 'x')(), _.negate(Boolean)(0), _.attempt(() => { throw new Error('caught'); }).message);
}, 500);
