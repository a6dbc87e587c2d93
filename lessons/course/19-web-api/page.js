// A page made of three queries
const http = require('http');

/// A database far away: every question takes 20 ms, however many are asked.
function query(table) {
  return new Promise((resolve) => setTimeout(() => resolve([table, 1, 2, 3]), 20));
}

async function page() {
  const customer = await query('customers');
  const orders = await query('orders');
  const offers = await query('offers');
  return { customer, orders, offers };
}

const server = http.createServer(async function serve(request, response) {
  const value = await page();
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
});

server.listen(process.env.PORT || 8080, '127.0.0.1');
