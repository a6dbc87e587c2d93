// A REST API
// Products are in a file, orders in memory. Each request reads the file anew, filters, sorts and answers JSON.
const http = require('http');
const fs = require('fs/promises');
const path = require('path');

const file = path.join(__dirname, 'products.json');
const orders = [];

async function readProducts() {
  return JSON.parse(await fs.readFile(file, 'utf8'));
}

async function readBody(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

async function listProducts(query) {
  const words = query.get('q');
  const found = (await readProducts()).filter((product) => !words || product.name.toLowerCase().includes(words.toLowerCase()));
  found.sort((a, b) => a.price - b.price || a.id - b.id);
  return { status: 200, value: { count: found.length, products: found.slice(0, Number(query.get('limit')) || 20) } };
}

async function showProduct(id) {
  const product = (await readProducts()).find((each) => each.id === id);
  return product ? { status: 200, value: product } : { status: 404, value: { error: `there is no product ${id}` } };
}

async function addOrder(request) {
  let order;
  try {
    order = JSON.parse(await readBody(request));
  } catch {
    return { status: 400, value: { error: 'an order is a JSON object' } };
  }
  const product = (await readProducts()).find((each) => each.id === order.product);
  if (!product) return { status: 422, value: { error: 'there is no such product' } };
  const count = Number(order.count) || 1;
  orders.push({ id: orders.length + 1, product: product.id, count, total: Math.round(product.price * count * 100) / 100 });
  return { status: 201, value: orders[orders.length - 1] };
}

async function answer(request) {
  const url = new URL(request.url, 'http://localhost');
  const id = /^\/products\/(\d+)$/.exec(url.pathname);
  if (request.method === 'GET' && id) return showProduct(Number(id[1]));
  if (request.method === 'GET' && url.pathname === '/products') return listProducts(url.searchParams);
  if (request.method === 'POST' && url.pathname === '/orders') return addOrder(request);
  return { status: 404, value: { error: 'there is nothing here' } };
}

const server = http.createServer(async function serve(request, response) {
  try {
    const { status, value } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  } catch (error) {
    response.writeHead(500, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: error.message }));
  }
});

server.listen(process.env.PORT || 8080, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
