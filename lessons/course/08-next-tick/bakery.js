// A morning in a bakery
setImmediate(function customer() {
  console.log('a customer comes in');
  process.nextTick(function greet() {
    console.log('greet the customer');
  });
  console.log('the door bell rings');
});

setImmediate(function postman() {
  console.log('the postman comes in');
  process.nextTick(function sign() {
    console.log('sign for the letter');
  });
});

process.nextTick(function light() {
  console.log('light the oven');
});

console.log('open the shop');
