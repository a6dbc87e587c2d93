const { PassThrough } = require('stream');

const prices = new Map();
for (let i = 0; i < 500; i++) prices.set(`STOCK${i}`, 100 + i);

const subscribers = []; // streams, as sockets are
for (let i = 0; i < 200; i++)
  subscribers.push(new PassThrough().resume());

function encode(number) {
  let text = `tick ${number}`;
  for (const [name, price] of prices) text += ` ${name}=${price}`;
  return `${text}\n`;
}

function send(number) {
  for (const subscriber of subscribers)
    subscriber.write(encode(number));
}

let number = 0;
let bytes = 0;
subscribers[0].on('data', function received(chunk) {
  bytes += chunk.length;
});

const market = setInterval(function tick() {
  number++;
  send(number);
}, 10);

const gateway = setInterval(function order() {
  // somebody buys
  if (number < 8) return;
  clearInterval(market);
  clearInterval(gateway);
  const all = subscribers.length;
  console.log(`${number} ticks, ${bytes} bytes for each of ${all}`);
}, 2);
