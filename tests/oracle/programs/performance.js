const { performance: p, PerformanceObserver } = require('perf_hooks');
console.log(p === performance, typeof performance.now(), performance.now() <= performance.now(), Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 1000);
const mark = performance.mark('a', { detail: { x: 1 } }); console.log(mark.name, mark.entryType, mark.detail, mark.duration); performance.mark('b'); const m = performance.measure('m', 'a', 'b'); console.log(m.name, m.entryType, m.duration >= 0);
console.log(performance.getEntriesByName('a').length, performance.getEntriesByType('mark').map((e) => e.name), performance.getEntries().length); performance.clearMarks('a'); console.log(performance.getEntriesByType('mark').length); try { performance.measure('x', 'none'); } catch (e) { console.log(e.name); }
const start = performance.now(); setTimeout(() => console.log(performance.now() - start >= 19), 20);
