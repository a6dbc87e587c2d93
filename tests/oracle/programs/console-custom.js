const { Console } = require('console');
const { Writable } = require('stream');
const out = [];
const stream = new Writable({ write(chunk, _, done) { out.push(String(chunk)); done(); } });
const mine = new Console({ stdout: stream, stderr: stream, groupIndentation: 4, inspectOptions: { depth: 0 } });
mine.log('a', { b: { c: 1 } }); mine.group('g'); mine.warn('indented'); mine.groupEnd(); mine.table([{ x: 1 }]); mine.count('c');
console.log(out);
console.log(mine instanceof Console, console instanceof Console);
