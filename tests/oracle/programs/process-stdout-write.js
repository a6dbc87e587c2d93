process.stdout.write('no newline');
process.stdout.write(' then more\n');
console.log(process.stdout.write('returns true\n'));
process.stdout.write('with callback\n', () => console.log('callback'));
process.stderr.write('to stderr\n');
process.stdout.write(Buffer.from('bytes\n'));
process.stdout.write('68690a', 'hex');
process.nextTick(() => console.log('tick'));
