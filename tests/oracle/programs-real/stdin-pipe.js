// oracle: stdin first line\nsecond line\n
// Standard input that is a pipe, read as a stream and by lines.
const readline = require('readline');
const lines = readline.createInterface({ input: process.stdin });
lines.on('line', (line) => console.log('line', line));
lines.on('close', () => console.log('closed', process.stdin.isTTY));
