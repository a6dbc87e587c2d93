// Waiting for a database
// Nearly all the time of a request is spent waiting for an answer from elsewhere: 50 ms, in which nothing has to be computed.
const http = require('http');

/// What a driver of a database far away does: the answer is there after its time.
function query(customer) {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ customer, orders: [customer * 7, customer * 7 + 3, customer * 7 + 4] }), 50);
  });
}

const server = http.createServer(async function serve(request, response) {
  const customer = Number(request.url.split('/').pop()) || 1;
  const row = await query(customer);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ ...row, count: row.orders.length }));
});

server.listen(process.env.PORT || 8080, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
