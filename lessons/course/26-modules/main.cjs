console.log('main begins');
const shop = require('./shop.cjs');
console.log(`main: ${shop.name}`);
const { price } = require('./prices.cjs');
console.log(`price: ${price}`);
