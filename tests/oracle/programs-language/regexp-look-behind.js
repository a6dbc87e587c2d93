// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
console.log('$10 €20 30'.match(/(?<=\$)\d+/)[0], '$10 €20 x30'.match(/(?<![$€\d])\d+/)[0], 'price: 100USD'.replace(/(?<=\d)(?=USD)/, ' '));
console.log('1234567.891'.replace(/(?<!\.\d*)(?<=\d)(?=(?:\d{3})+(?!\d))/g, ','), 'camelCaseText'.split(/(?<=[a-z])(?=[A-Z])/));
console.log(/(?<=(\d+)(\d+))$/.exec('1053').slice(1), /(?<=\1(.))b/.exec('aab'), /(?<=^|,)x/.exec('a,x').index, /(?<!a|bc)d/.exec('bcd ad ed').index);
console.log([...'a1b2c3'.matchAll(/(?<=[bc])\d/g)].map((m) => m.index), 'foobar'.search(/(?<=foo)bar/), /(?<=a{2,3})b/.test('aab'), /(?<=(?:ab)+)c/.exec('ababc').index);
