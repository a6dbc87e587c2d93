const prices = new Map();

function load(item) {
  let price = 1;
  for (let rest = item; rest > 0; rest = Math.floor(rest / 10))
    price += rest % 10;
  return price;
}

function loadNext() {
  const item = prices.size;
  prices.set(item, load(item));
  if (prices.size < 50000) process.nextTick(loadNext);
  else console.log(`${prices.size} prices`);
}

setTimeout(function begin() {
  loadNext();
}, 10);
setTimeout(function alarm() {
  console.log('alarm');
}, 12);
