const { Readable } = require('stream');
class Counter extends Readable { constructor(n) { super({ objectMode: true, highWaterMark: 2 }); this.n = n; this.i = 0; } _read() { this.push(this.i < this.n ? this.i++ : null); } }
(async () => {
  for await (const v of new Counter(4)) console.log('item', v);
  console.log(await new Counter(5).map((x) => x * 2).filter((x) => x > 2).toArray(), await Readable.from([1, 2, 3]).reduce((a, b) => a + b, 0));
  const r = new Readable({ read() {} }); r.push('a'); r.push('b'); r.push(null); r.setEncoding('utf8'); r.on('readable', () => { let c; while ((c = r.read()) !== null) console.log('read', c); }); r.on('end', () => console.log('end', r.readableEnded)); r.on('close', () => console.log('close', r.destroyed));
  const bad = new Readable({ read() { this.destroy(new Error('broken')); } }); bad.on('error', (e) => console.log('error', e.message)); bad.on('close', () => console.log('bad closed')); bad.resume();
  for await (const v of Readable.from(['x', 'y', 'z'])) { console.log(v); if (v === 'y') break; }
})();
