// Each answer is computed
const http = require('http');

const server = http.createServer(async function serve(request, response) {
  const seed = Number(request.url.split('/').pop());
  let sum = seed;
  for (let i = 0; i < 20000; i++) sum = (sum * 31 + i) % 65521;
  response.setHeader('content-type', 'text/plain');
  response.end(`${sum}\n`);
});

server.listen(process.env.PORT || 8080, '127.0.0.1');
