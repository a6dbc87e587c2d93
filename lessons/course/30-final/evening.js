const http = require('http');

function reserve() {
  return new Promise(function reserving() {
    // the answer of the stock got lost
  });
}

const server = http.createServer(
  async function serve(request, response) {
    await reserve();
    response.end('reserved');
  }
);

function order() {
  const { port } = server.address();
  const request = http.get({ host: '127.0.0.1', port, agent: false });
  request.on('error', function lost() {
    console.log('Fay has given up');
  });
  setTimeout(function giveUp() {
    request.destroy();
  }, 300);
}

server.listen(0, '127.0.0.1', function open() {
  order();
  setTimeout(function evening() {
    server.close();
    console.log('closed for today');
  }, 100);
});
