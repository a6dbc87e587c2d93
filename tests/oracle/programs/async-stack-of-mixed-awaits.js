// Three async functions that take turns through promises, ticks, immediates and timers.
const tick = () => new Promise((r) => process.nextTick(r)), immediate = () => new Promise((r) => setImmediate(r)), sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const run = async (name, ...steps) => { for (const [i, step] of steps.entries()) { await step(); console.log(name, i); } return name; };
Promise.all([run('a', tick, immediate, async () => {}, () => sleep(60)), run('b', immediate, tick, tick, immediate), run('c', async () => {}, () => Promise.resolve(), tick, () => sleep(30))]).then((names) => console.log(names.join()));
(async () => { const results = []; for await (const r of [run('d', tick), run('e', async () => {})]) results.push(r); console.log(results); })();
