const { EventEmitter } = require('events');

const feed = new EventEmitter();
feed.on('price', function chart() {
  setImmediate(function draw() {
    console.log('drawn');
  });
});
feed.on('price', function ledger() {
  Promise.resolve().then(function save() {
    console.log('saved');
  });
});
feed.on('price', function alert() {
  setTimeout(function ring() {
    console.log('rung');
  }, 1);
});

setTimeout(function tick() {
  feed.emit('price', 120);
  console.log('tick ends');
}, 10);
