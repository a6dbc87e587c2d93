const prices = new Map();

async function load(item) {
  // from memory: nothing to wait for
  let price = 1;
  for (let rest = item; rest > 0; rest = Math.floor(rest / 10))
    price += rest % 10;
  return price;
}

async function loadAll() {
  for (let item = 0; item < 50000; item++)
    prices.set(item, await load(item));
  console.log(`${prices.size} prices`);
}

setTimeout(function begin() {
  loadAll();
}, 10);
setTimeout(function alarm() {
  console.log('alarm');
}, 12);
