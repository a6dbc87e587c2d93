// Signals that the process sends itself, with and without a listener.
process.on('SIGUSR2', (name, number) => {
  console.log(name, number);
  process.removeAllListeners('SIGUSR2');
  process.once('SIGTERM', () => {
    console.log('terminate');
    process.exitCode = 3;
    clearTimeout(longest);
  });
  process.kill(process.pid);
});
process.kill(process.pid, 'SIGUSR2');
console.log(process.kill(process.pid, 0));
try {
  process.kill(2 ** 22 + 1, 0);
} catch (error) {
  console.log(error.code, error.errno, error.syscall, error.message);
}
const longest = setTimeout(() => console.log('never'), 20000);
