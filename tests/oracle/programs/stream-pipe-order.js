const { Readable, PassThrough } = require('stream');
const p = new PassThrough(); const r = new Readable({ read() {} });
r.pipe(p); p.on('data', (c) => console.log('data', String(c))); for (const name of ['pipe', 'unpipe', 'finish', 'end', 'close', 'resume', 'prefinish']) p.on(name, () => console.log('p', name)); for (const name of ['end', 'close', 'pause', 'resume']) r.on(name, () => console.log('r', name));
r.push('one'); process.nextTick(() => console.log('tick')); Promise.resolve().then(() => console.log('micro')); setImmediate(() => { r.push('two'); r.push(null); console.log('pushed'); });
