// The same look-up, asked from a reaction
const cache = new Map([['tea', 'TEA']]);

function lookUp(key, callback) {
  process.nextTick(callback, cache.get(key));
}

const open = Promise.resolve();

setImmediate(function draw() { console.log('drawn'); });
open.then(function ask() {
  lookUp('tea', function gotTea(value) { console.log('got', value); });
  console.log('asked');
});
open.then(function note() { console.log('noted'); });
