// A shop that knows some prices and has to ask for others
const known = new Map([['tea', 3]]);

function priceOf(item, callback) {
  if (known.has(item)) {
    callback(known.get(item));
    return;
  }
  setTimeout(function priceCame() {
    known.set(item, item.length);
    callback(item.length);
  }, 100);
}

let receipts = 0;

function buy(item) {
  let receipt = '?';
  priceOf(item, function pay(price) {
    console.log(`receipt ${receipt}: ${item} for ${price}`);
  });
  receipts += 1;
  receipt = receipts;
}

setImmediate(function evening() {
  console.log('evening comes');
});

buy('coffee');
buy('tea');
console.log('end of the script');
