// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const t=(f)=>{try{return f()}catch(e){return e.name+': '+e.message}};
console.log([0n,1n,2n].filter(x=>x), [0n].some(x=>x), [1n,0n].every(x=>x), [0n,5n].find(x=>x), [0n,5n].findIndex(x=>x), [5n,0n].findLast(x=>x), [5n,0n].findLastIndex(x=>x), [1,2].filter(function(x){ return this.n===x },{n:2}), [].filter.name, [].filter.length, [].find.length, t(()=>[1].filter(5)), t(()=>[1].some()));
