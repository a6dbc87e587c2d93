// exec and execFile: callbacks, their errors, limits; promisified.
const { exec, execFile } = require('child_process');
const { promisify } = require('util');
const show = (error, stdout, stderr) => console.log(
  error && [error.message, error.code, error.killed, error.signal, error.cmd], JSON.stringify(stdout), JSON.stringify(stderr));
exec('echo one; echo two >&2', (...first) => {
  show(...first);
  exec('exit 7', (...second) => {
    show(...second);
    execFile('no-such-program', ['x'], (...third) => {
      show(...third);
      exec('sleep 20', { timeout: 30 }, (...fourth) => {
        show(...fourth);
        execFile('head', ['-c', '100', '/dev/zero'], { maxBuffer: 10, encoding: 'buffer' }, (error, stdout) => {
          console.log(error.code, error.message, stdout);
          promisify(exec)('echo promised').then(console.log)
            .then(() => promisify(execFile)('sh', ['-c', 'echo out; exit 1']))
            .catch((failure) => console.log(failure.code, failure.stdout, failure.cmd));
        });
      });
    });
  });
});
