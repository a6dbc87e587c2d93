// A handler that crashes
// One of its files is not what the code expects. The exception is thrown in a callback, nobody catches it, and what it ends is the
// process, or the thread, that served the request, with everything else that was being served there.
const http = require('http');
const fs = require('fs');
const path = require('path');

function show(name, response) {
  fs.readFile(path.join(__dirname, name), 'utf8', function fileRead(error, text) {
    if (error) return response.writeHead(404).end();
    const products = JSON.parse(text); // throws if it is no JSON
    setTimeout(function answerLater() { // some more waiting, so that others are under way when it happens
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ name, products: products.length }));
    }, 20);
  });
}

const server = http.createServer(function serve(request, response) {
  show(request.url === '/broken' ? path.basename(__filename) : 'products.json', response);
});

server.listen(process.env.PORT || 8080, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
