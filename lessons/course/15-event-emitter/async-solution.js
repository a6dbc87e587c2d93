// Whoever has to wait asks for promises
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const listeners = [];

listeners.push(async function pay(item) {
  await sleep(10);
  console.log('paid for', item);
});
listeners.push(async function pack(item) {
  console.log('packing', item);
});

async function sell(item) {
  await Promise.all(listeners.map((listener) => listener(item)));
  console.log('sold', item);
}

sell('lamp');
