const cluster = require('cluster');
const http = require('http');
const ask = require('./ask.js');

let visits = 0;

function worker() {
  const waiting = []; // responses that wait for their number
  process.on('message', function numbered(number) {
    waiting.shift().end(String(number));
  });

  const server = http.createServer(
    function serve(request, response) {
      waiting.push(response);
      process.send('visit');
    }
  );
  server.listen(0, '127.0.0.1');
}

function primary() {
  let listening = 0;
  for (let i = 0; i < 3; i++) cluster.fork();
  cluster.on('message', function count(one) {
    visits++;
    one.send(visits);
  });
  cluster.on('listening', function ready(one, address) {
    if (++listening === 3) visit(address.port);
  });
}

async function visit(port) {
  const answers = [];
  for (let i = 0; i < 9; i++) answers.push(await ask(port));
  console.log(`answers: ${answers.join(' ')}`);
  console.log(`the primary has counted ${visits}`);
  cluster.disconnect();
}

if (cluster.isPrimary) primary();
else worker();
