// An HTTP server and its clients
// One thread serves many: while one request waits for a file, the next ones are answered.
// Watch the poll phase: connections, bytes and files arrive there, each with a callback of its own.
const http = require('http');
const fs = require('fs');

const server = http.createServer(function serve(request, response) {
  if (request.url === '/file') {
    fs.readFile(__filename, 'utf8', function fileRead(error, text) {
      response.end(`${text.split('\n').length} lines\n`);
    });
  } else if (request.url === '/slow') {
    const until = Date.now() + 30; // CPU work: nobody else is served meanwhile
    while (Date.now() < until);
    response.end('at last\n');
  } else {
    response.end('hello\n');
  }
});

function ask(path, done) {
  const start = Date.now();
  http.get({ port: server.address().port, path }, function answered(response) {
    response.setEncoding('utf8');
    let text = '';
    response.on('data', function more(part) { text += part; });
    response.on('end', function over() {
      console.log(`${path.padEnd(6)} ${String(Date.now() - start).padStart(3)} ms  ${text.trim()}`);
      done();
    });
  });
}

server.listen(0, '127.0.0.1', function listening() {
  let open = 4;
  const done = () => { if (--open === 0) server.close(); };
  ask('/file', done);
  ask('/slow', done);
  ask('/', done); // asked last and needs nothing, but /slow is in the way
  ask('/file', done);
});
