// And if a plate breaks while washing up?
Promise.resolve('bread')
  .finally(function wash() { throw new Error('a broken plate'); })
  .then(function serve(food) { console.log('we serve', food); })
  .catch(function sorry(error) { console.log('sorry,', error.message); });
