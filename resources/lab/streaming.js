// A download in chunks
// The sales of a year as CSV, a day at a time: each day is read from the file, written out in rows, and sent when the client has taken
// what came before. Nobody holds the whole download in memory.
const http = require('http');
const fs = require('fs/promises');
const path = require('path');
const { Readable } = require('stream');
const { pipeline } = require('stream/promises');

const file = path.join(__dirname, 'products.json');

/// How many of a product were sold on a day: a made-up shop, but the same one every time.
function sold(product, day) {
  return (product.id * 7919 + day * 104729) % 23;
}

async function* rows(days) {
  yield 'day;product;sold;turnover\n';
  for (let day = 1; day <= days; day++) {
    const products = JSON.parse(await fs.readFile(file, 'utf8'));
    let text = '';
    for (const product of products) {
      const count = sold(product, day);
      if (count > 0) text += `${day};${product.name};${count};${(product.price * count).toFixed(2)}\n`;
    }
    yield text;
  }
}

const server = http.createServer(async function serve(request, response) {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname !== '/sales.csv') return response.writeHead(404).end();
  const days = Math.min(Number(url.searchParams.get('days')) || 365, 3650);
  response.writeHead(200, { 'content-type': 'text/csv', 'content-disposition': 'attachment' });
  try {
    await pipeline(Readable.from(rows(days)), response);
  } catch (error) {
    response.destroy(); // the client has left in the middle of it
  }
});

server.listen(process.env.PORT || 8080, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
