console.log('main begins');
import { name } from './shop.mjs';
console.log(`main: ${name}`);
import { price } from './prices.mjs';
console.log(`price: ${price}`);
