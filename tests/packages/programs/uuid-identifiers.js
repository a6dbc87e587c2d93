// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: uuid
// does: Makes identifiers of all versions, from names and given bytes; parses, validates and refuses them.
const { v1, v3, v4, v5, v6, v7, validate, version, parse, stringify, NIL, MAX, v1ToV6 } = require('uuid');

const random = Uint8Array.from({ length: 16 }, (_, i) => i * 16 + 1);
console.log(v4({ random }), v5('hello', v5.URL), v3('hello', v3.DNS), v5('Zürich', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'));
console.log(v1({ node: [1, 2, 3, 4, 5, 6], clockseq: 0x1234, msecs: 1700000000000, nsecs: 5678 }), v7({ random, msecs: 1700000000000, seq: 7 }));
console.log(v6({ node: [1, 2, 3, 4, 5, 6], clockseq: 0x1234, msecs: 1700000000000, nsecs: 5678 }), v1ToV6('d9428888-122b-11e1-b85c-61cd3cbb3210'));
const id = v4();
console.log(validate(id), version(id), validate('not-a-uuid'), NIL, MAX, version(v7()), version(v1()));
console.log(stringify(parse(id)) === id, parse('6ba7b810-9dad-11d1-80b4-00c04fd430c8'), new Set(Array.from({ length: 1000 }, () => v4())).size);
try {
    parse('xyz');
} catch (error) {
    console.log(error.name, error.message);
}
const sorted = Array.from({ length: 50 }, () => v7());
console.log([...sorted].sort().join() === sorted.join(), v4({ random }, new Uint8Array(18), 2).slice(2, 6));
