// A server with eight places, and one with as many as are needed
const http = require('http');

/// At most `limit` tasks at the same time; the others queue, as requests do for the threads of a pool.
function makePool(limit) {
  const waiting = [];
  let busy = 0;
  return function run(task) {
    if (busy === limit) return waiting.push(task);
    busy += 1;
    task(function free() {
      busy -= 1;
      if (waiting.length > 0) run(waiting.shift());
    });
  };
}

const run = makePool(Number(process.argv[2]));

const server = http.createServer(function serve(request, response) {
  run(function handle(free) {
    setTimeout(function row() { // the thread of this request would be blocked here
      response.end('row');
      free();
    }, 50);
  });
});

function ask(done) {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, function answered(response) {
    response.resume();
    response.on('end', done);
  });
}

server.listen(0, '127.0.0.1', function listening() {
  let answers = 0;
  for (let client = 0; client < 64; client++) {
    ask(function done() {
      if (++answers < 64) return;
      console.log('answers:', answers);
      server.close();
    });
  }
});
