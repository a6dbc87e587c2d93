const http = require('http');
const crypto = require('crypto');
const { setTimeout: sleep } = require('timers/promises');
const comeTo = require('./customers.js');

const prices = new Map([
  ['tea', 3],
  ['coffee', 4],
  ['sugar', 1],
]);
const stock = new Map([
  ['tea', 5],
  ['coffee', 5],
  ['sugar', 5],
]);

async function priceOf(item) {
  // from a database
  await sleep(20);
  if (!prices.has(item)) throw new Error(`no ${item} here`);
  return prices.get(item);
}

async function rebateOf(customer) {
  // from another one
  await sleep(20);
  return customer === 'Ann' ? 0.5 : 1;
}

function reserve(item, amount) {
  return new Promise(function reserving(resolve) {
    setTimeout(function looked() {
      const left = stock.get(item) - amount;
      if (left < 0) return;
      stock.set(item, left);
      resolve();
    }, 20);
  });
}

function sign(text) {
  return crypto
    .pbkdf2Sync(text, 'salt of the shop', 30000, 4, 'sha512')
    .toString('hex');
}

async function tellWarehouse({ item, amount }) {
  await sleep(5);
  if (amount > 3)
    throw new Error(`${amount} ${item} are too heavy`);
}

async function sell(order, response) {
  const guard = setTimeout(function tooLate() {
    if (!response.writableEnded)
      response.writeHead(504).end('too late');
  }, 5000);
  const price = await priceOf(order.item);
  const rebate = await rebateOf(order.customer);
  await reserve(order.item, order.amount);
  const { amount, item } = order;
  const bill = `${amount} ${item} for ${amount * price * rebate}`;
  response.end(`${bill}, signed ${sign(bill)}`);
  tellWarehouse(order);
}

const server = http.createServer(function serve(request, response) {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', function more(part) {
    text += part;
  });
  request.on('end', function whole() {
    try {
      sell(JSON.parse(text), response);
    } catch {
      response.writeHead(400).end('this is no order');
    }
  });
});

server.listen(0, '127.0.0.1', function open() {
  comeTo(server);
});
