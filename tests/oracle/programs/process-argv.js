// oracle: args one --two=2 -3
console.log(process.argv.slice(2), process.argv.length);
console.log(require('util').parseArgs({ args: process.argv.slice(2), options: { two: { type: 'string' } , three: { type: 'boolean', short: '3' } }, allowPositionals: true }).values.two);
