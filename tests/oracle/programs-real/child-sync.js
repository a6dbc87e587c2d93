// spawnSync, execSync, execFileSync: results and errors.
const { execFileSync, execSync, spawnSync } = require('child_process');
console.log(execSync('echo hello', { encoding: 'utf8' }));
console.log(execFileSync('cat', { input: 'given' }));
const { status, signal, output } = spawnSync('sh', ['-c', 'cat; echo e >&2; exit 3'], { input: 'in', encoding: 'utf8' });
console.log(status, signal, output);
const none = spawnSync('no-such-program', ['a']);
console.log(Object.keys(none), none.error.message, none.error.spawnargs, none.status, none.pid, none.output);
try {
  execFileSync('sh', ['-c', 'echo x >&2; exit 2'], { stdio: 'pipe' });
} catch (error) {
  console.log(error.message, error.status, Object.keys(error), String(error.stderr));
}
const late = spawnSync('sleep', ['20'], { timeout: 30 });
console.log(late.error.code, late.error.message, late.signal, late.status);
console.log(spawnSync('yes', { maxBuffer: 100 }).error.code);
console.log(spawnSync('sh', ['-c', 'kill -9 $$']).signal);
for (const wrong of [() => spawnSync(''), () => spawnSync('a\0b'), () => spawnSync('ls', 5), () => spawnSync('ls', { uid: 'x' }),
  () => spawnSync('ls', [], { timeout: -1 }), () => spawnSync('ls', { killSignal: 'SIGNONE' }), () => execSync(5)]) {
  try {
    wrong();
  } catch (error) {
    console.log(error.code, error.message);
  }
}
