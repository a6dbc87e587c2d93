// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const {URL,URLSearchParams}=require('url'); const url=require('url');
let s=777; const rnd=n=>{ s=(s*1103515245+12345)&0x7fffffff; return (s>>8)%n; };
const toks=['http:','https:','file:','foo:','HTTP:','ws:','ftp:','javascript:','mailto:','data:','//','/','\\','?','#','@',':','80','443','8080','99999','a','b.c','..','.','%2e','%41','%zz','C:','C|','[::1]','[1:2::3:4]','[::1.2.3.4]','127.0.0.1','0x7f.1','256.1.1.1','1','localhost','user','pass','é','ü.de','x y','%20','&a=b','+','=',"'",'"','<','^','|','{','~','$','exa mple','xn--mnchen-3ya.de','\t','\n',' '];
const gen=()=>{ let r=''; const n=1+rnd(7); for(let i=0;i<n;i++) r+=toks[rnd(toks.length)]; return r; };
const bases=[undefined,undefined,'http://h.com/a/b?c#d','file:///C:/x/y','foo://host/p/q?r','file:///a/b'];
const show=(label,f)=>{ let o; try{ o=f() }catch(e){ o=(e.code||e.name)+' '+e.message.slice(0,60) } console.log(label,o) };
const N=180;
for(let i=0;i<N;i++){ const a=gen(),b=bases[rnd(bases.length)];
 show('U '+JSON.stringify([a,b]),()=>{const u=new URL(a,b); return [u.href,u.origin,u.host,u.port,u.username,u.password,u.pathname,u.search,u.hash].join(' | ')});
 if(i%2===0){ const v=gen(); const props=['protocol','username','password','host','hostname','port','pathname','search','hash','href']; const p=props[rnd(10)]; const base=['http://u:p@h.com:81/a/b?c#d','file:///x/y','foo://host:5/p?q','mailto:me','https://x.org/'][rnd(5)];
 show('S '+JSON.stringify([base,p,v]),()=>{ const u=new URL(base); u[p]=v; return u.href; }); }
 if(i%3===0) show('Q '+JSON.stringify(a),()=>{ const p=new URLSearchParams(a); return p.toString()+' '+JSON.stringify([...p]); });
 
}
