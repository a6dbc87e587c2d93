// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: csv-parse
// does: Parses quoted fields, columns, types, other delimiters and broken input; by stream, callback, iterator and at once.
const { CsvError, parse } = require('csv-parse');
const { parse: parseSync } = require('csv-parse/sync');
const { Readable } = require('stream');

const text = 'id,name,note\n1,Ada,"said ""hi"", twice"\n2,Grace,"two\nlines"\n\n3,Lin,\n';
console.log(parseSync(text, { columns: true, skip_empty_lines: true, cast: (value, context) => context.column === 'id' && !context.header ? Number(value) : value }));
console.log(parseSync('a;b;c\n1; 2 ;3', { delimiter: ';', trim: true }), parseSync('x|y', { delimiter: '|' }), parseSync('\ufeffh\n1', { bom: true, columns: true }));
console.log(parseSync('# comment\n1,2\n3,4\n5,6', { comment: '#', from: 2, to: 3, info: true }).map((it) => [it.record, it.info.records]));
for (const [bad, options] of [['a,b\n1,2,3', {}], ['"open', {}], ['a"b,c', {}]]) {
    try {
        parseSync(bad, options);
    } catch (error) {
        console.log(error instanceof CsvError, error.code, error.message);
    }
}
console.log(parseSync('a,b\n1,2,3\n4', { relax_column_count: true }), parseSync('a"b,c', { relax_quotes: true }));

parse('a,b\n1,2', { columns: ['x', 'y'], from_line: 2 }, (error, records) => {
    console.log(error, records);
    const parser = parse({ columns: (header) => header.map((name) => name.toUpperCase()) });
    const seen = [];
    parser.on('readable', () => { for (let record; (record = parser.read()) !== null;) seen.push(record); });
    parser.on('end', async () => {
        console.log(seen, parser.info.records, parser.info.lines);
        for await (const record of Readable.from(['n,m\n1', '0,2', '0\n3,4\n']).pipe(parse({ cast: true })))
            console.log(record);
    });
    for (const character of 'h1,h2\n"v,1",v2\n')
        parser.write(character);
    parser.end();
});
