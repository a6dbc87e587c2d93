// What does each function in the chain hand on?
Promise.resolve(1)
  .then(function double(number) { return number * 2; })
  .then(function addTen(number) { number + 10; })
  .then(function show(number) { console.log('the number is', number); });
