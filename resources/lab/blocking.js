// A handler that blocks
// Two ways to write the same log-in. /login waits for the file and for the hash without keeping the loop; /blocking/login reads and
// hashes on the spot, with the functions whose names end in Sync, and until it is done nobody else is served. /health needs nothing.
const http = require('http');
const fs = require('fs');
const path = require('path');
const crypto = require('crypto');
const { promisify } = require('util');

const file = path.join(__dirname, 'products.json');
const iterations = 20000;
const pbkdf2 = promisify(crypto.pbkdf2);

function answer(text, hash) {
  return { products: JSON.parse(text).length, token: hash.toString('hex') };
}

function logInBlocking() {
  const text = fs.readFileSync(file, 'utf8');
  return answer(text, crypto.pbkdf2Sync('correct horse', 'battery staple', iterations, 32, 'sha512'));
}

async function logIn() {
  const text = await fs.promises.readFile(file, 'utf8');
  return answer(text, await pbkdf2('correct horse', 'battery staple', iterations, 32, 'sha512'));
}

const routes = {
  '/health': () => ({ status: 'well' }),
  '/login': logIn,
  '/blocking/login': logInBlocking,
};

const server = http.createServer(async function serve(request, response) {
  const route = routes[request.url];
  if (!route) return response.writeHead(404).end();
  const value = await route();
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
});

server.listen(process.env.PORT || 8080, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
