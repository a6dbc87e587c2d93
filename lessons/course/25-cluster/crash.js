const cluster = require('cluster');
const http = require('http');
const { setTimeout: sleep } = require('timers/promises');
const ask = require('./ask.js');

function worker() {
  const server = http.createServer(
    function serve(request, response) {
      const item = JSON.parse(
        decodeURIComponent(request.url.slice(1))
      ); // throws if it is no JSON
      response.end(`sold: ${item.name}`);
    }
  );
  server.listen(0, '127.0.0.1');
}

function primary() {
  let listening = 0;
  for (let i = 0; i < 2; i++) cluster.fork();
  cluster.on('listening', function ready(one, address) {
    if (++listening === 2) visit(address.port);
  });
}

async function visit(port) {
  for (const order of [
    '{"name":"tea"}',
    'nonsense',
    '{"name":"milk"}',
    'nonsense',
    '{"name":"cake"}',
  ]) {
    const answer = await ask(port, `/${encodeURIComponent(order)}`);
    console.log(`${order}: ${answer}`);
    await sleep(500); // until the next customer comes
  }
  cluster.disconnect();
}

if (cluster.isPrimary) primary();
else worker();
