// Ten questions, all at once
const http = require('http');

let connections = 0;
const server = http.createServer(function serve(request, response) { response.end('well'); });
server.on('connection', function opened() { connections += 1; });

function ask() {
  return new Promise(function request(resolve, reject) {
    http.get({ port: server.address().port, host: '127.0.0.1' }, function answered(response) {
      response.resume();
      response.on('end', resolve);
    }).on('error', reject);
  });
}

server.listen(0, '127.0.0.1', async function listening() {
  await Promise.all(Array.from({ length: 10 }, ask));
  console.log('connections for ten requests:', connections);
  server.close();
});
