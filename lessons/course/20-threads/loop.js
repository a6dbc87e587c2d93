// Orders wait for a bank, and for a table
const http = require('http');

/// The bank answers after 40 ms, however many ask.
function askBank(order, rate) {
  return new Promise((resolve) => setTimeout(() => resolve({ order, rate, paid: true }), 40));
}

/// The rates of the day: always the same, and quite some computing.
function makeRates() {
  const rates = new Float64Array(100);
  let state = 1;
  for (let i = 0; i < 10000; i++) {
    state = state * 48271 % 2147483647;
    rates[i % 100] += state / 2147483647;
  }
  return rates;
}

const server = http.createServer(async function serve(request, response) {
  const order = Number(request.url.split('/').pop());
  const answer = await askBank(order, makeRates()[order % 100]);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer));
});

server.listen(process.env.PORT || 8080, '127.0.0.1');
