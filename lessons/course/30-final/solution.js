const http = require('http');
const crypto = require('crypto');
const { setTimeout: sleep } = require('timers/promises');
const { promisify } = require('util');
const comeTo = require('./customers.js');

const pbkdf2 = promisify(crypto.pbkdf2);

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

function refusal(status, text) {
  return Object.assign(new Error(text), { status });
}

async function priceOf(item) {
  // from a database
  await sleep(20);
  if (!prices.has(item)) throw refusal(404, `no ${item} here`);
  return prices.get(item);
}

async function rebateOf(customer) {
  // from another one
  await sleep(20);
  return customer === 'Ann' ? 0.5 : 1;
}

function reserve(item, amount) {
  return new Promise(function reserving(resolve, reject) {
    setTimeout(function looked() {
      const left = stock.get(item) - amount;
      if (left < 0) {
        reject(refusal(409, `too little ${item} is left`));
        return;
      }
      stock.set(item, left);
      resolve();
    }, 20);
  });
}

async function sign(text) {
  const signature = await pbkdf2(
    text,
    'salt of the shop',
    30000,
    4,
    'sha512'
  );
  return signature.toString('hex');
}

async function tellWarehouse({ item, amount }) {
  await sleep(5);
  if (amount > 3)
    throw new Error(`${amount} ${item} are too heavy`);
}

async function sell(text, response) {
  let order;
  try {
    order = JSON.parse(text);
  } catch {
    response.writeHead(400).end('this is no order');
    return;
  }
  const guard = setTimeout(function tooLate() {
    if (!response.writableEnded)
      response.writeHead(504).end('too late');
  }, 5000);
  try {
    const [price, rebate] = await Promise.all([
      priceOf(order.item),
      rebateOf(order.customer),
    ]);
    await reserve(order.item, order.amount);
    const { amount, item } = order;
    const bill = `${amount} ${item} for ${amount * price * rebate}`;
    response.end(`${bill}, signed ${await sign(bill)}`);
  } catch (error) {
    response.writeHead(error.status ?? 500).end(error.message);
    return;
  } finally {
    clearTimeout(guard);
  }
  tellWarehouse(order).catch((error) =>
    console.error(`warehouse: ${error.message}`)
  );
}

const server = http.createServer(function serve(request, response) {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', function more(part) {
    text += part;
  });
  request.on('end', function whole() {
    sell(text, response);
  });
});

server.listen(0, '127.0.0.1', function open() {
  comeTo(server);
});
