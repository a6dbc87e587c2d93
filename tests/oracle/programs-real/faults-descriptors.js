// No descriptors left: everything that takes one says so, and works again when there are some.
// oracle: not-sanitized
const { execFileSync, spawn } = require('child_process');
const fs = require('fs');
const net = require('net');

const told = (what) => (error) => console.log(what, error ? `${error.code} ${error.errno} ${error.syscall}` : 'works');
const server = net.createServer((socket) => socket.end('hello'));
server.listen(0, '127.0.0.1', async () => {
  execFileSync('prlimit', ['--pid', String(process.pid), '--nofile=60:60']);
  const open = [];
  try {
    for (;;) open.push(fs.openSync(__filename));
  } catch (error) {
    told('openSync')(error);
  }
  console.log(open.length > 10);
  await new Promise((done) => fs.readFile(__filename, (error) => done(told('readFile')(error))));
  await fs.promises.open(__filename).catch(told('promises.open'));
  await new Promise((done) => fs.readdir('.', (error) => done(told('readdir')(error))));
  await new Promise((done) => fs.createReadStream(__filename).on('error', (error) => done(told('stream')(error))));
  await new Promise((done) => net.connect(server.address().port, '127.0.0.1').on('error', (error) => done(told('connect')(error))));
  await new Promise((done) => net.createServer().on('error', (error) => done(told('listen')(error))).listen(0, '127.0.0.1'));
  await new Promise((done) => spawn('true').on('error', (error) => done(told('spawn')(error))));
  for (const descriptor of open) fs.closeSync(descriptor);
  await new Promise((done) => fs.readFile(__filename, (error) => done(told('readFile')(error))));
  net.connect(server.address().port, '127.0.0.1').setEncoding('utf8').on('data', console.log).on('close', () => server.close());
});
