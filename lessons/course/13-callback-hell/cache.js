// A function that calls back at once, sometimes
const cache = new Map();

function lookUp(key, callback) {
  if (cache.has(key)) return callback(cache.get(key));
  setTimeout(function answer() {
    cache.set(key, key.toUpperCase());
    callback(cache.get(key));
  }, 5);
}

function ask(round, next) {
  lookUp('tea', function gotIt(value) {
    console.log(`${round}: got ${value}`);
    if (next) setTimeout(next, 5);
  });
  console.log(`${round}: asked`);
}

ask('first', function later() { ask('second'); });
