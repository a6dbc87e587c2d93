// Microservices that call each other
// A shop asks two other services over HTTP, at the same time, and joins what they say. Each of them needs some milliseconds, as if it
// asked a database. (All three are in this file, so that one command starts them.)
const http = require('http');

const agent = new http.Agent({ keepAlive: true });
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function ask(server, path) {
  return new Promise((resolve, reject) => {
    http.get({ port: server.address().port, path, agent }, function answered(response) {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve(JSON.parse(Buffer.concat(parts))));
      response.on('error', reject);
    }).on('error', reject);
  });
}

function service(answer) {
  return http.createServer(async function serve(request, response) {
    try {
      const text = JSON.stringify(await answer(request.url.split('/').pop()));
      response.writeHead(200, { 'content-type': 'application/json' }).end(text);
    } catch (error) {
      response.writeHead(502, { 'content-type': 'application/json' }).end(JSON.stringify({ error: error.message }));
    }
  });
}

const prices = service(async function price(item) {
  await wait(8);
  return { price: item.length * 10 };
});
const stock = service(async function left(item) {
  await wait(12);
  return { left: item.length % 5 };
});
const shop = service(async function offer(item) {
  const [{ price }, { left }] = await Promise.all([ask(prices, `/prices/${item}`), ask(stock, `/stock/${item}`)]);
  return { item, price, left };
});

shop.listen(process.env.PORT || 8080, '127.0.0.1', () => console.log(`http://127.0.0.1:${shop.address().port}`));
prices.listen(0, '127.0.0.1');
stock.listen(0, '127.0.0.1');
