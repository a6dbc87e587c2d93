// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: split2
// does: Splits chunks into lines and JSON, with characters and line ends cut in two.
const { Readable } = require('stream');
const split2 = require('split2');

async function main() {
    const euro = Buffer.from('price 5 €\r\nlast');
    const chunks = [Buffer.from('one\ntwo\nth'), Buffer.from('ree\n\n'), euro.subarray(0, 9), euro.subarray(9)];
    const lines = [];
    for await (const line of Readable.from(chunks).pipe(split2()))
        lines.push(line);
    console.log(lines);
    for await (const value of Readable.from(['{"a":1}\n{"a":', '2}\n']).pipe(split2(JSON.parse)))
        console.log(value);
    const words = [];
    for await (const word of Readable.from(['a, b,c ', ' ,d']).pipe(split2(/\s*,\s*/, (word) => word || undefined)))
        words.push(word);
    console.log(words);
    await new Promise((done) => Readable.from(['{"ok":true}\nnonsense\n']).pipe(split2(JSON.parse)).on('data', (it) => console.log(it)).on('error', (error) => { console.log(error.name); done(); }));
    await new Promise((done) => Readable.from(['x'.repeat(50) + '\nshort\n']).pipe(split2({ maxLength: 10 })).on('error', (error) => { console.log(error.message); done(); }));
    const skipping = [];
    for await (const line of Readable.from(['x'.repeat(50) + '\nshort\n']).pipe(split2({ maxLength: 10, skipOverflow: true })))
        skipping.push(line);
    console.log(skipping);
}
main();
