// Each answer is computed, by a function that can run anywhere
const http = require('http');

function render(seed) {
  let sum = seed;
  for (let i = 0; i < 20000; i++) sum = (sum * 31 + i) % 65521;
  return sum;
}

const server = http.createServer(async function serve(request, response) {
  const sum = await render(Number(request.url.split('/').pop()));
  response.setHeader('content-type', 'text/plain');
  response.end(`${sum}\n`);
});

server.listen(process.env.PORT || 8080, '127.0.0.1');
