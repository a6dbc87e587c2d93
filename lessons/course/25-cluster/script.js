const cluster = require('cluster');
const http = require('http');
const ask = require('./ask.js');

let visits = 0;

function worker() {
  const server = http.createServer(
    function serve(request, response) {
      visits++;
      response.end(String(visits));
    }
  );
  server.listen(0, '127.0.0.1');
}

function primary() {
  let listening = 0;
  for (let i = 0; i < 3; i++) cluster.fork();
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
