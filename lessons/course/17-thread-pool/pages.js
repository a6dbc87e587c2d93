// One page from memory, one from a file
const crypto = require('crypto');
const fs = require('fs');
const http = require('http');

let isIdle = false;
let open = 2;

const server = http.createServer(function serve(request, response) {
  if (request.url === '/memory') response.end('tea: 3');
  else fs.readFile(__filename, function gotPage(error, page) { response.end(page); });
});

function ask(path) {
  http.get({ port: server.address().port, host: '127.0.0.1', path, agent: false }, function answered(response) {
    console.log(`${path}:`, isIdle ? 'after a key' : 'before all keys');
    response.resume();
    response.on('end', function complete() { if (--open === 0) server.close(); });
  });
}

server.listen(0, '127.0.0.1', function listening() {
  for (let number = 1; number <= 4; number++) {
    crypto.pbkdf2('secret', 'salt', 200000, 64, 'sha512', function derived() { isIdle = true; });
  }
  ask('/file');
  ask('/memory');
});
