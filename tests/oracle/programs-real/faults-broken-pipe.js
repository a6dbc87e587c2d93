// Whoever reads a program's output goes away: unheard the error ends the program, heard it does not.
const { spawn } = require('child_process');

const mode = process.argv[2];
if (mode !== undefined) {
  if (mode === 'heard') {
    process.stdout.on('error', (error) => {
      console.error('stdout', error.code, error.syscall);
      process.exitCode = 3;
      clearInterval(timer);
    });
  }
  const timer = setInterval(() => console.log('x'.repeat(100)), 5);
  setTimeout(() => process.exit(9), 20000).unref(); // nobody told of it
} else {
  const run = (which, done) => {
    const child = spawn(process.execPath, [__filename, which]);
    child.stdout.once('data', () => child.stdout.destroy());
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (part) => { text += part; });
    child.on('close', (code, signal) => {
      console.log(which, code, signal, /Error: write EPIPE|stdout EPIPE write/.test(text), /Unhandled 'error' event/.test(text));
      if (done) done();
    });
  };
  run('unheard', () => run('heard'));
}
