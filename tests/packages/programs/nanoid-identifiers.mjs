// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: nanoid
// does: Makes identifiers of several lengths and alphabets, without repeats.
import { customAlphabet, customRandom, nanoid, urlAlphabet } from 'nanoid';
import { nanoid as insecure } from 'nanoid/non-secure';

console.log(nanoid().length, nanoid(10).length, /^[A-Za-z0-9_-]+$/.test(nanoid(500)), urlAlphabet.length);
console.log(new Set(Array.from({ length: 5000 }, () => nanoid())).size);
const hex = customAlphabet('0123456789abcdef', 12);
console.log(/^[0-9a-f]{12}$/.test(hex()), hex(3).length, new Set(hex(400)).size);
let seed = 1;
const seeded = customRandom('abcdef', 10, (size) => Uint8Array.from({ length: size }, () => seed = seed * 75 % 65537 & 255));
console.log(seeded(), seeded(), insecure(7).length);
