// A few log-ins among many simple questions
const crypto = require('crypto');
const http = require('http');

function logIn() {
  return crypto.pbkdf2Sync('correct horse', 'battery staple', 20000, 32, 'sha512').toString('hex');
}

const server = http.createServer(function serve(request, response) {
  response.setHeader('content-type', 'text/plain');
  if (request.url === '/log-in') {
    response.end(logIn());
  } else {
    response.end('well');
  }
});

server.listen(process.env.PORT || 8080, '127.0.0.1');
