// One order in a hundred can't be read, and is told so
const http = require('http');

function readOrder(url) {
  const order = url === '/broken' ? null : { item: 'tea' };
  return order.item;
}

const server = http.createServer(function serve(request, response) {
  setTimeout(function later() {
    response.setHeader('content-type', 'text/plain');
    try {
      response.end(`one ${readOrder(request.url)}\n`);
    } catch (error) {
      response.statusCode = 400;
      response.end('this order can not be read\n');
    }
  }, 20);
});

server.listen(process.env.PORT || 8080, '127.0.0.1');
