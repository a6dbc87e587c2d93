// What the caller relied on
const prices = new Map([['tea', 3]]); // tea is known already

function priceOf(name, callback) {
  if (prices.has(name)) return callback(prices.get(name));
  setImmediate(function lookUp() { callback(9); });
}

function show(name) {
  let prefix = 'unknown shop';
  priceOf(name, function gotPrice(price) { console.log(`${prefix}: ${name} costs ${price}`); });
  prefix = 'our shop';
}

show('tea');
show('saffron');
console.log('both asked');
