// spawn: streams, exit, close; a program that is not there; a signal; a folder and an environment.
const { spawn } = require('child_process');
function run(next, file, args, options) {
  const child = spawn(file, args, options);
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk) => { texts.out += chunk; });
  child.stderr.setEncoding('utf8').on('data', (chunk) => { texts.err += chunk; });
  child.on('spawn', () => console.log('spawn', typeof child.pid, child.spawnfile, child.spawnargs));
  child.on('error', (error) => console.log(error.message, error.code, error.errno, error.syscall, error.path, error.spawnargs));
  child.on('exit', (...how) => console.log('exit', ...how));
  child.on('close', (...how) => {
    console.log('close', ...how, texts);
    next();
  });
  return child;
}
const steps = [
  (next) => run(next, 'sh', ['-c', 'cat; echo problem >&2; exit 3']).stdin.end('input\n'),
  (next) => run(next, 'no-such-program', ['a', 'b']),
  (next) => run(next, '/', []),
  (next) => console.log(run(next, 'sleep', ['20']).kill()),
  (next) => run(next, 'sh', ['-c', 'pwd; echo $NAME'], { cwd: '/', env: { NAME: 'value', PATH: process.env.PATH } }),
  (next) => run(next, 'echo a  b; echo $0', { shell: true }),
  (next) => run(next, 'sleep', ['20'], { timeout: 30, killSignal: 'SIGKILL' }),
];
(function step() {
  if (steps.length > 0) steps.shift()(step);
})();
