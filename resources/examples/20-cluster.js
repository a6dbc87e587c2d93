// A cluster of three processes
// Three workers share one port: the primary process accepts, and hands the connections over in turn.
const cluster = require('cluster');
const http = require('http');

function primary() {
  const served = {};
  for (let i = 0; i < 3; i++) cluster.fork();
  cluster.on('listening', (worker, { port }) => {
    console.log(`worker ${worker.id} listens`);
    if (Object.values(cluster.workers).every((each) => each.state === 'listening')) ask(port, 9);
  });

  function ask(port, left) {
    if (left === 0) {
      console.log(served);
      cluster.disconnect(() => console.log('all workers are gone'));
      return;
    }
    http.get({ port, agent: false }, (response) => {
      response.setEncoding('utf8');
      response.on('data', (name) => { served[name] = (served[name] || 0) + 1; });
      response.on('end', () => ask(port, left - 1));
    });
  }
}

function worker() {
  http.createServer((request, response) => {
    setTimeout(() => response.end(`worker ${cluster.worker.id}`), 5);
  }).listen(0);
}

if (cluster.isPrimary) primary();
else worker();
