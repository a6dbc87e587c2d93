const { Readable, Transform, Writable, PassThrough, Duplex, pipeline, finished } = require('stream');
const { pipeline: pipelinePromise } = require('stream/promises');
const upper = () => new Transform({ transform(chunk, e, done) { done(null, String(chunk).toUpperCase()); }, flush(done) { this.push('!'); done(); } });
const sink = (out) => new Writable({ write(c, e, d) { out.push(String(c)); d(); } });
(async () => {
  const out = []; await pipelinePromise(Readable.from(['a', 'b']), upper(), sink(out)); console.log(out);
  const o2 = []; await pipelinePromise(async function* () { yield 'x'; yield 'y'; }, async function* (source) { for await (const c of source) yield c + c; }, sink(o2)); console.log(o2);
  await pipelinePromise(Readable.from(['z']), new Transform({ transform(c, e, d) { d(new Error('in transform')); } }), sink([])).catch((e) => console.log(e.message));
  pipeline(Readable.from(['q']), new PassThrough(), sink([]), (e) => console.log('pipeline done', e));
  finished(Readable.from(['w']).resume(), (e) => console.log('finished', e));
  const c = new AbortController(); setTimeout(() => c.abort(), 5); await pipelinePromise(new Readable({ read() {} }), sink([]), { signal: c.signal }).catch((e) => console.log(e.name, e.code));
  const d = new Duplex({ read() { this.push('from read'); this.push(null); }, write(chunk, e, done) { console.log('duplex got', String(chunk)); done(); } }); d.on('data', (x) => console.log(String(x))); d.end('to write');
})();
