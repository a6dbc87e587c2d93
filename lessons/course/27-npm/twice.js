const kept = require('./packages/kept');

const price = kept(function loadPrice(item, done) {
  // from somewhere slow
  setTimeout(function found() {
    done(item.length);
  }, 20);
});

price('tea', function first(value) {
  console.log(`first answer: ${value}`);
});
price('tea', function second(value) {
  console.log(`second answer: ${value}`);
});
console.log('asked twice');
