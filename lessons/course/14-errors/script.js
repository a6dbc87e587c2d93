// A net under the wrong trapeze
function loadLater(name) {
  setTimeout(function load() {
    throw new Error(`${name} is broken`);
  }, 10);
}

setTimeout(function hello() { console.log('5 ms: still here'); }, 5);
setTimeout(function goodbye() { console.log('20 ms: still here'); }, 20);

try {
  loadLater('settings');
  console.log('nothing went wrong');
} catch (error) {
  console.log('caught:', error.message);
}
process.on('exit', function last(code) { console.log('exit code', code); });
