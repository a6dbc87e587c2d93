// Forty clients and one thread
const http = require('http');

let underWay = 0;
let most = 0;

function query(callback) {
  setTimeout(function row() { callback({ item: 'tea', left: 7 }); }, 200); // a database, far away
}

const server = http.createServer(function serve(request, response) {
  underWay += 1;
  most = Math.max(most, underWay);
  query(function gotRow(row) {
    underWay -= 1;
    response.end(JSON.stringify(row));
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
  for (let client = 0; client < 40; client++) {
    ask(function done() {
      if (++answers < 40) return;
      console.log('answers:', answers);
      console.log('most under way at once:', most);
      server.close();
    });
  }
});
