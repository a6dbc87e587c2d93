// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
process.chdir('/');
const path=require('path');
let s=12345; const rnd=n=>{ s=(s*1103515245+12345)&0x7fffffff; return (s>>8)%n; };
const toks=['/','\\','//','\\\\','.','..','a','b.txt','C:','c:','D:','.x','x.','COM1','?',':','A','foo.bar.baz','/..','...','é'];
const gen=()=>{ let r=''; const n=rnd(6); for(let i=0;i<n;i++) r+=toks[rnd(toks.length)]+(rnd(2)?['/','\\'][rnd(2)]:''); return r; };
for(let i=0;i<250;i++){ const a=gen(),b=gen(),suf=['','.txt','txt','b.txt','a','/b'][rnd(6)];
 for(const k of ['posix','win32']){ const p=path[k]; const out=[];
  for(const f of [()=>p.normalize(a),()=>p.join(a,b),()=>p.resolve(a,b),()=>k==='win32'?p.relative('C:\\'+a,'C:\\x\\'+b).length>=0:p.relative(a,b),()=>p.dirname(a),()=>p.basename(a),()=>p.basename(a,suf),()=>p.extname(a),()=>JSON.stringify(p.parse(a)),()=>p.isAbsolute(a),()=>p.format(p.parse(a)),()=>p.toNamespacedPath(a)]) out.push(f());
  out.forEach((o,j)=>console.log(k,['normalize','join','resolve','relative','dirname','basename','basenameS','extname','parse','isAbs','format','ns'][j],JSON.stringify(a),JSON.stringify(b),JSON.stringify(suf),o)); } }
for (const call of [() => path.join(5), () => path.resolve(null), () => path.basename('a', 5), () => path.parse({}), () => path.format('x'), () => path.relative('a')]) { try { call(); } catch (error) { console.log(error.name, error.code, error.message); } }
console.log(path.sep, path.delimiter, path.posix === path, path.win32.sep, path.win32.delimiter, Object.keys(path).join());
for (const [a, b] of [['C:\\a\\b', 'C:\\a\\c'], ['C:\\a', 'D:\\a'], ['C:\\', 'C:\\x\\y'], ['\\\\srv\\share\\a', '\\\\srv\\share\\b\\c'], ['C:\\A\\B', 'c:\\a\\b\\c'], ['C:\\a\\b\\c', 'C:\\']]) console.log(path.win32.relative(a, b));
