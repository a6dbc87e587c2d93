// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Minified code leaves out the spaces between keywords and brackets, quotes and signs.
function props(e){return{...e,b:2}}
function keys(e){const all=[];for(let k in{...e})all.push(k);for(var i in"ab")all.push(i);for(const v of[1,2])all.push(v);for(const w of{*[Symbol.iterator](){yield{...e}}})all.push(w);return all}
function thrown(e){try{throw{...e,thrown:1}}catch(x){return{...x}}}
function*parts(e){yield{...e};yield[...'ab'];yield-e.a;yield*[e]}
async function later(e){const x=await{...e};return{...x,...await{c:3}}}
function other(e){switch(e.a){case{...e}.a:return typeof{...e};default:return/x/u.test(e)}}
function word(e){if(e.b)return;else return void{...e}}
const has=e=>"a"in{...e}&&{...e}instanceof Object;
console.log(props({a:1}),keys({a:1}),thrown({a:1}),[...parts({a:1})],other({a:1}),word({}),has({a:1}));
later({a:1}).then(e=>console.log(e));
