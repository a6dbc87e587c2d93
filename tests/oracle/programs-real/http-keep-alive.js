// Three requests over one connection of an agent, and one with a body both ways.
const http = require('http');
const server = http.createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk) => { body += chunk; });
  request.on('end', () => {
    response.setHeader('X-Method', request.method);
    response.end(`${request.method} ${request.url} ${body}`);
  });
});
server.keepAliveTimeout = 0; // however slow the machine is
let connections = 0;
server.on('connection', () => ++connections);
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
function ask(method, path, body, done) {
  const request = http.request({ agent, method, path, port: server.address().port, host: '127.0.0.1' }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk) => { text += chunk; });
    response.on('end', () => {
      console.log(response.statusCode, response.headers['x-method'], text.length, text.slice(0, 20));
      done();
    });
  });
  request.end(body);
}
server.listen(0, '127.0.0.1', () => {
  ask('GET', '/a', undefined, () => ask('POST', '/b', 'y'.repeat(200000), () => ask('PUT', '/c', 'end', () => {
    console.log('connections', connections);
    agent.destroy();
    server.close(() => console.log('closed'));
  })));
});
