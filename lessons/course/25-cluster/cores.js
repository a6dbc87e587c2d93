const cluster = require('cluster');
const http = require('http');
const ask = require('./ask.js');

const workers = Number(process.argv[2]);

function compute() {
  // some milliseconds
  let sum = 0;
  for (let i = 0; i < 250000; i++) sum += i;
  return sum;
}

function worker() {
  const server = http.createServer(
    function serve(request, response) {
      response.end(String(compute()));
    }
  );
  server.listen(0, '127.0.0.1');
}

function primary() {
  let listening = 0;
  for (let i = 0; i < workers; i++) cluster.fork();
  cluster.on('listening', function ready(one, address) {
    if (++listening === workers) load(address.port);
  });
}

async function load(port) {
  console.log('all workers listen');
  const requests = [];
  for (let i = 0; i < 8; i++) requests.push(ask(port));
  await Promise.all(requests);
  console.log('all 8 are answered');
  cluster.disconnect();
}

if (cluster.isPrimary) primary();
else worker();
