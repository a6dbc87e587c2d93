// One order in a hundred can't be read
const http = require('http');

function readOrder(url) {
  const order = url === '/broken' ? null : { item: 'tea' };
  return order.item;
}

const server = http.createServer(function serve(request, response) {
  setTimeout(function later() {
    const item = readOrder(request.url);
    response.setHeader('content-type', 'text/plain');
    response.end(`one ${item}\n`);
  }, 20);
});

server.listen(process.env.PORT || 8080, '127.0.0.1');
