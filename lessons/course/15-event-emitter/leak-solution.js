// A listener that goes when it is done
const { EventEmitter } = require('events');

const prices = new EventEmitter();

function serve(customer) {
  prices.once('change', function tell(price) { console.log(`${customer} hears: ${price}`); });
}

let day = 0;
const days = setInterval(function nextDay() {
  day += 1;
  serve('Ada');
  prices.emit('change', 10 + day);
  if (day === 3) clearInterval(days);
}, 5);
