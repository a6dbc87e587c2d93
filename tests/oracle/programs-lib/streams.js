// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const s = require('stream');
const {Readable,Writable,Transform,PassThrough,pipeline,finished,Duplex}=s;
const r=Readable.from(['a','b','c']); r.on('data',d=>console.log('data',d)).on('end',()=>console.log('end')).on('close',()=>console.log('close'));
const t=new Transform({transform(c,e,cb){cb(null,c.toString().toUpperCase())}}); pipeline(Readable.from(['x','y']),t,new Writable({write(c,e,cb){console.log('w',c.toString());cb()}}),e=>console.log('pipe',e));
process.nextTick(()=>console.log('tick')); Promise.resolve().then(()=>console.log('micro')); setImmediate(()=>console.log('immediate'));
process.stdout.write('direct\n',()=>console.log('written')); console.log(process.stdout.isTTY, process.stdout.writableHighWaterMark, process.stdout.fd, process.stdout.writable);
(async()=>{ for await(const x of Readable.from([1,2,3])) console.log('it',x); console.log(await Readable.from([1,2,3]).map(x=>x*2).filter(x=>x>2).toArray()); await s.promises.pipeline(Readable.from(['q']),new PassThrough(),async function*(src){ for await(const c of src) yield c+'!' },async(src)=>{ for await(const c of src) console.log('got',c)}); 
 const w=new Writable({highWaterMark:3,write(c,e,cb){setTimeout(cb,1)}}); console.log(w.write('ab'),w.write('cd'),w.writableLength,w.writableNeedDrain); w.on('drain',()=>console.log('drain')); w.end(()=>console.log('ended'));
 const d=new Readable({read(){}}); d.on('error',e=>console.log(e.code,e.message,e.name)); d.destroy(new Error('boom')); const d2=new Writable({write(c,e,cb){cb()}}); d2.on('error',e=>console.log(e.code,e.message,e.name,String(e))); d2.end(); d2.write('x'); const d3=new Readable({read(){}}); d3.push(null); d3.on('error',e=>console.log(e.code,e.message)); d3.push('x');
 try{ new Writable().write(null) }catch(e){console.log(e.code,e.message)} new Readable().on('error',e=>console.log(e.code,e.message)).read();
 const e=new Readable({encoding:'utf8',read(){this.push('é');this.push(null)}}); e.on('readable',()=>{let c;while((c=e.read())!==null)console.log('r',c)}); await finished(e,()=>console.log('fin'));
 const dd=Duplex.from(async function*(src){for await(const c of src) yield String(c).length}); dd.end('hello'); for await(const c of dd) console.log(c);

})();
