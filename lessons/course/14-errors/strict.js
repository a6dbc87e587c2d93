// Nobody listens to this one
async function backUp(file) {
  await null;
  throw new Error(`${file} is locked`);
}

setTimeout(function work() { console.log('serving requests'); }, 10);
process.on('exit', function last(code) { console.log('exit code', code); });

backUp('orders.db'); // fire and forget
console.log('back-up started');
