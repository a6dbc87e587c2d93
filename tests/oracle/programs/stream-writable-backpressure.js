const { Writable } = require('stream');
const w = new Writable({ highWaterMark: 3, decodeStrings: false, write(chunk, encoding, done) { console.log('write', chunk); setTimeout(done, 5); }, final(done) { console.log('final'); done(); } });
console.log(w.write('ab'), w.write('cd'), w.writableLength, w.writableNeedDrain); w.on('drain', () => { console.log('drain'); w.end('last', () => console.log('end callback')); }); w.on('finish', () => console.log('finish', w.writableFinished)); w.on('close', () => console.log('close'));
const v = new Writable({ writev(chunks, done) { console.log(chunks.map((c) => String(c.chunk))); done(); } }); v.cork(); v.write('1'); v.write('2'); process.nextTick(() => v.uncork());
const after = new Writable({ write(c, e, d) { d(); } }); after.end(); after.write('late', (e) => console.log('callback', e.code)); after.on('error', (e) => console.log(e.code, e.message));
