// The process behind a server is killed: in a request, in a response.
const { fork } = require('child_process');
const http = require('http');

if (process.argv[2] === 'server') {
  const server = http.createServer((request, response) => {
    if (request.url === '/half') response.writeHead(200, { 'Content-Length': 100 }).write('half');
    if (request.url === '/chunks') response.write('some');
    process.send(request.url);
  });
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
} else {
  const cases = ['/silent', '/half', '/chunks'];
  const next = () => {
    const path = cases.shift();
    if (path === undefined) return;
    const child = fork(__filename, ['server']);
    let hasOneEnded = false;
    const both = () => { // the two end in either order
      if (!hasOneEnded) {
        hasOneEnded = true;
      } else {
        console.log('killed', child.exitCode, child.signalCode);
        setTimeout(next, 50);
      }
    };
    child.once('message', (port) => {
      const request = http.get({ port, path, host: '127.0.0.1', agent: false }, (response) => {
        response.on('data', (part) => {
          console.log(path, String(part));
          child.kill('SIGKILL');
        });
        response.on('aborted', () => console.log(path, 'aborted'));
        response.on('error', (error) => console.log(path, 'response', error.code, error.message));
        response.on('end', () => console.log(path, 'end'));
        response.on('close', () => {
          console.log(path, 'close', response.complete);
          both();
        });
      });
      request.on('error', (error) => console.log(path, 'request', error.code, error.message));
      request.on('close', () => {
        console.log(path, 'request closed');
        if (!request.res) both();
      });
      child.once('message', () => {
        if (path === '/silent') child.kill('SIGKILL');
      });
    });
    child.on('close', both);
  };
  next();
}
