// Ticks that queue ticks run before everything else, microtasks that queue microtasks too.
let ticks = 0, tasks = 0;
setImmediate(() => console.log('immediate after', ticks, tasks));
setTimeout(() => console.log('timeout after', ticks, tasks), 300);
(function again() { if (++ticks < 1000) process.nextTick(again); else console.log('ticks done'); })();
queueMicrotask(function again() { if (++tasks < 1000) queueMicrotask(again); else console.log('microtasks done', ticks); });
