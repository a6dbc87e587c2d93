// Promises: a chain, an error, and the way around it
// Try: take the catch away, or return a promise from a then and count the extra microtasks.

function fetchPrice(name) {
  return new Promise(function executor(resolve, reject) {
    setTimeout(function answer() {
      if (name === 'unicorn') reject(new Error(`no price for ${name}`));
      else resolve(name.length * 10);
    }, 5);
  });
}

fetchPrice('apple')
  .then(function addTax(price) {
    return price * 1.2;
  })
  .then(function show(price) {
    console.log('apple:', price);
    return fetchPrice('unicorn');
  })
  .catch(function explain(error) {
    console.log('sorry,', error.message);
  })
  .finally(function close() {
    console.log('shop closed');
  });

console.log('orders sent');
