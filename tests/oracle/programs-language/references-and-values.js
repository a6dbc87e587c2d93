// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const o={f(){return this}, g:{f(){return this}}}; 
console.log((0,o.f)()===undefined, (o.f)()===o, ((o.f))()===o, (o.f,o.f)()===undefined, (true&&o.f)()===undefined, (o.f||0)()===undefined, (true?o.f:0)()===undefined, (o.x=o.f)()===undefined, (o?.f)()===o, (0,o['f'])()===undefined, (0,o.g.f)()===undefined, (0,(o.f))()===undefined);
function w(){ with_(); } function with_(){ return 1 }
const tag=function(){return this}; o.tag=tag; console.log((0,o.tag)`x`===undefined, o.tag`x`===o, (o.tag)`x`===o);
const fn=(0,()=>{}); console.log(fn.name, (()=>{}).name, (0,function(){}).name);
let anon; anon=(function(){}); console.log(anon.name); const c=(class{}); console.log(c.name); const {d=(function(){})}={}; console.log(d.name); const ar=((()=>{})); console.log(ar.name);
