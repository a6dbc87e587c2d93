const kept = require('./packages/kept');

const price = kept(function loadPrice(item, done) {
  // from somewhere slow
  setTimeout(function found() {
    done(item.length);
  }, 20);
});

price('tea', function first(value) {
  console.log(`first answer: ${value}`);
  price('tea', function second(again) {
    console.log(`second answer: ${again}`);
  });
  console.log('asked again');
});
console.log('asked');
