// One bad request, and an async handler
const http = require('http');

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const server = http.createServer(async function serve(request, response) {
  await sleep(request.url === '/slow' ? 100 : 20);
  const order = request.url === '/bad' ? null : { item: 'tea' };
  response.end(order.item);
});

function ask(path) {
  const request = http.get({ port: server.address().port, path, agent: false }, function answered(response) {
    response.resume();
    response.on('end', function complete() { console.log(`${path}: ${response.statusCode}`); });
  });
  request.on('error', function refused(error) { console.log(`${path}: no answer (${error.code})`); });
}

server.listen(0, '127.0.0.1', function listening() {
  ask('/slow');
  ask('/bad');
  setTimeout(function later() { ask('/good'); }, 200);
  setTimeout(function over() { server.close(); }, 400);
});
