// Twenty clients, and an answer that has to be computed
const http = require('http');

function price(item) {
  let sum = 0;
  for (let i = 0; i < 250000; i++) sum = (sum * 31 + i) % 65521;
  return sum;
}

const server = http.createServer(function serve(request, response) {
  response.end(String(price('tea')));
});

function ask(done) {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, function answered(response) {
    response.resume();
    response.on('end', done);
  });
}

server.listen(0, '127.0.0.1', function listening() {
  let answers = 0;
  for (let client = 0; client < 20; client++) {
    ask(function done() {
      if (++answers < 20) return;
      console.log('answers:', answers);
      server.close();
    });
  }
});
