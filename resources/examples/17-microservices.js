// Microservices on one loop
// Three services that ask each other over HTTP, on one loop: a shop asks prices and stock at the same time.
const http = require('http');

function service(name, answer) {
  return new Promise(function started(resolve) {
    const server = http.createServer(async function serve(request, response) {
      try {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(await answer(request.url.slice(1))));
      } catch (error) {
        response.statusCode = 502;
        response.end(JSON.stringify({ error: error.message }));
      }
    });
    server.listen(0, '127.0.0.1', () => resolve({ name, port: server.address().port, close: () => server.close() }));
  });
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function ask(port, path) {
  const response = await fetch(`http://127.0.0.1:${port}/${path}`, { headers: { connection: 'close' } });
  return response.json();
}

async function main() {
  const prices = await service('prices', async (item) => { await wait(20); return item.length * 10; });
  const stock = await service('stock', async (item) => { await wait(30); return item.length % 5; });
  const shop = await service('shop', async function offer(item) {
    const [price, left] = await Promise.all([ask(prices.port, item), ask(stock.port, item)]);
    return { item, price, left };
  });
  const offers = await Promise.all(['tea', 'coffee', 'cocoa'].map((item) => ask(shop.port, item)));
  for (const offer of offers) console.log(offer);
  for (const each of [shop, prices, stock]) each.close();
}

main();
