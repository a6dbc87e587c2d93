const kept = require('./packages/kept');

const keptPrice = kept(function loadPrice(item, done) {
  // from somewhere slow
  setTimeout(function found() {
    done(item.length);
  }, 20);
});

function price(item, callback) {
  keptPrice(item, function later(value) {
    queueMicrotask(function answer() {
      callback(value);
    });
  });
}

price('tea', function first(value) {
  console.log(`first answer: ${value}`);
  price('tea', function second(again) {
    console.log(`second answer: ${again}`);
  });
  console.log('asked again');
});
console.log('asked');
