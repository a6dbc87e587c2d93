// The answer is known. When does the caller get it?
const cache = new Map([['tea', 'TEA']]);

function lookUp(key, callback) {
  process.nextTick(callback, cache.get(key));
}

setImmediate(function draw() { console.log('drawn'); });
Promise.resolve().then(function note() { console.log('noted'); });
lookUp('tea', function gotTea(value) { console.log('got', value); });
console.log('asked');
