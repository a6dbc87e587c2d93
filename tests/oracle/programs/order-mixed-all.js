const log = [];
const say = (text) => log.push(text);
setTimeout(() => { say('T1'); process.nextTick(say, 'T1 tick'); Promise.resolve('T1 micro').then(say); }, 10);
setTimeout(() => { say('T2'); setImmediate(() => { say('T2 imm'); queueMicrotask(() => say('T2 imm micro')); }); }, 30);
setTimeout(async () => { say('T3'); await null; say('T3 awaited'); await new Promise(setImmediate); say('T3 immediate'); }, 60);
(async () => { say('A1'); await undefined; say('A2'); await new Promise((r) => process.nextTick(r)); say('A3'); })();
process.nextTick(async () => { say('N1'); await 1; say('N2'); process.nextTick(say, 'N3'); });
process.on('exit', () => { say('exit'); console.log(log.join('\n')); });
