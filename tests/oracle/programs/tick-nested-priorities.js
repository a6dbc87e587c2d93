// The classic ordering test of Node: ticks before immediates, always.
const done = [];
const get = (name) => () => done.push(name);
setTimeout(get('A'), 250); process.nextTick(get('1')); setTimeout(get('B'), 250); process.nextTick(get('2'));
setImmediate(() => { get('immediate')(); process.nextTick(get('tick in immediate')); queueMicrotask(get('micro in immediate')); });
process.nextTick(() => { get('3')(); process.nextTick(() => { get('3.1')(); process.nextTick(get('3.1.1')); }); Promise.resolve().then(get('3 micro')); });
process.nextTick(get('4')); Promise.resolve().then(get('main micro'));
process.on('exit', () => console.log(done.join('\n')));
