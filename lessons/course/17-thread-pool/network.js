// Who needs the pool, and who doesn't
const crypto = require('crypto');
const net = require('net');

let isIdle = false;

function connect(what, options, next) {
  net.connect(options, function connected() {
    console.log(`${what}:`, isIdle ? 'after a key' : 'before all keys');
    this.destroy();
    next();
  });
}

const server = net.createServer(function greet(socket) { socket.on('error', () => {}); });
server.listen(0, '127.0.0.1', function listening() {
  const { port } = server.address();
  for (let number = 1; number <= 4; number++) {
    crypto.pbkdf2('secret', 'salt', 100000, 64, 'sha512', function derived() { isIdle = true; });
  }
  let open = 2;
  const close = () => { if (--open === 0) server.close(); };
  connect('by address', { port, host: '127.0.0.1' }, close);
  connect('by name', { port, host: 'localhost', family: 4 }, close);
});
