const t = setTimeout(function () { console.log(this === t, this.constructor.name); }, 100);
const i = setImmediate(function () { console.log(this === i, this.constructor.name); });
process.nextTick(function () { console.log(this === undefined || this === globalThis || typeof this); });
queueMicrotask(function () { 'use strict'; console.log(this); });
