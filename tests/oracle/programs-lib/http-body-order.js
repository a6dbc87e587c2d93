// What runs between the pieces of a body that come in one read: ticks and microtasks, as after every callback.
const http = require('http');
const net = require('net');

const log = [];
const server = http.createServer((request, response) => {
  const note = (what) => log.push(`${what} ${request.complete}`);
  note(`request ${request.url}`);
  process.nextTick(note, 'tick');
  Promise.resolve().then(() => note('microtask'));
  setImmediate(note, 'immediate');
  request.on('data', (bytes) => {
    note(`data ${bytes.length}`);
    process.nextTick(note, 'tick of data');
    Promise.resolve().then(() => note('microtask of data'));
  });
  request.on('end', () => {
    note('end');
    response.end('ok');
  });
  request.on('close', () => note('request closed'));
  response.on('finish', () => note('finish'));
  response.on('close', () => note('response closed'));
});

server.listen(0, () => {
  const client = net.connect(server.address().port, () => {
    client.write('POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello' +
      'POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n');
  });
  let answers = 0;
  client.on('data', (bytes) => {
    answers += String(bytes).split('HTTP/1.1 200').length - 1;
    if (answers < 2) return;
    client.end();
    server.close();
    console.log(log.join('\n'));
  });
});
