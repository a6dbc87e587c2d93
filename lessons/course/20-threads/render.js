// Each answer is computed
const http = require('http');

function render(request, response) {
  let sum = Number(request.url.split('/').pop());
  for (let i = 0; i < 20000; i++) sum = (sum * 31 + i) % 65521;
  response.setHeader('content-type', 'text/plain');
  response.end(`${sum}\n`);
}

const server = http.createServer(async function serve(request, response) {
  await render(request, response);
});

server.listen(process.env.PORT || 8080, '127.0.0.1');
