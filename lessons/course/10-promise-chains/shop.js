// A shop: log in, load the basket, pay
function later(ms, value) {
  return new Promise(function wait(resolve) {
    setTimeout(resolve, ms, value);
  });
}

function logIn() {
  return later(10, 'ada');
}

function loadBasket(user) {
  return later(10, `tea for ${user}`);
}

function pay() {
  return later(10).then(function refuse() {
    throw new Error('the card was refused');
  });
}

logIn()
  .then(function welcome(user) {
    console.log('welcome,', user);
    loadBasket(user);
  })
  .then(function show(basket) {
    console.log('basket:', basket);
    pay(basket);
  })
  .then(function thank() {
    console.log('thank you');
  })
  .catch(function sorry(error) {
    console.log('sorry:', error.message);
  })
  .finally(function goodbye() {
    console.log('good bye');
  });
