// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
console.log(JSON.parse(' {"a":[1,-0,1e3,"\\u0041\\n"],"b":{"c":null,"d":true}} '), JSON.parse('"\ud800"').length, JSON.parse('{"__proto__":1}').hasOwnProperty('__proto__'), Object.is(JSON.parse('-0'), -0));
console.log(JSON.parse('[1,2,{"a":3}]', function(key, value) { return typeof value === 'number' ? value + 1 : value; }), JSON.parse('{"a":1,"b":2}', (key, value) => (key === 'a' ? undefined : value)));
const order = [];
JSON.parse('{"a":{"b":1},"c":[2]}', (key, value) => { order.push(key); return value; });
console.log(order, JSON.parse('1'), JSON.parse('{"a":1,"a":2}'), JSON.parse('{"2":1,"1":2,"b":0,"a":0}'));
