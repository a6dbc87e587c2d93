// Does washing up change the bread?
Promise.resolve('bread')
  .finally(function wash() { return 'soap'; })
  .then(function serve(food) { console.log('we serve', food); });
