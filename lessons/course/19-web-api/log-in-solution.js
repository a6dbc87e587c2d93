// A few log-ins among many simple questions, on the thread pool
const crypto = require('crypto');
const http = require('http');

function logIn(callback) {
  crypto.pbkdf2('correct horse', 'battery staple', 20000, 32, 'sha512', function derived(error, key) {
    callback(error, key && key.toString('hex'));
  });
}

const server = http.createServer(function serve(request, response) {
  response.setHeader('content-type', 'text/plain');
  if (request.url === '/log-in') {
    logIn(function loggedIn(error, token) {
      if (error) response.statusCode = 500;
      response.end(error ? error.message : token);
    });
  } else {
    response.end('well');
  }
});

server.listen(process.env.PORT || 8080, '127.0.0.1');
