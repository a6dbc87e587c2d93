// Enough of WebSocket (RFC 6455) for a lesson: the handshake, and
// text messages of less than 64 KB that come in one frame each.
const crypto = require('crypto');
const http = require('http');

function acceptKey(key) {
  return crypto
    .createHash('sha1')
    .update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11')
    .digest('base64');
}

/// A text frame. Those of a client are masked, here with zeros.
function frame(text, masked) {
  const payload = Buffer.from(text);
  const mask = masked ? 0x80 : 0;
  const head =
    payload.length < 126
      ? Buffer.from([0x81, mask | payload.length])
      : Buffer.from([
          0x81,
          mask | 126,
          payload.length >> 8,
          payload.length & 255,
        ]);
  return Buffer.concat(
    masked ? [head, Buffer.alloc(4), payload] : [head, payload]
  );
}

// One end of a connection: send(text), and heard(text) is called for
// each message. Bytes come in any pieces; messages are put together.
function conversation(socket, masked, heard) {
  let bytes = Buffer.alloc(0);
  socket.on('data', function data(more) {
    bytes = Buffer.concat([bytes, more]);
    while (bytes.length >= 2) {
      const isLong = (bytes[1] & 127) === 126;
      if (isLong && bytes.length < 4) return;
      const start = (isLong ? 4 : 2) + (bytes[1] & 0x80 ? 4 : 0);
      const end =
        start + (isLong ? bytes.readUInt16BE(2) : bytes[1] & 127);
      if (bytes.length < end) return;
      const text = bytes.toString('utf8', start, end);
      bytes = bytes.subarray(end);
      heard(text);
    }
  });
  socket.on('end', () => socket.end());
  return {
    socket,
    send: (text) => socket.write(frame(text, masked)),
  };
}

// Calls joined(name, socket) for everybody who connects. The name is
// the path of the URL.
function serve(joined) {
  const server = http.createServer((request, response) =>
    response.writeHead(426).end()
  );
  server.on('upgrade', function upgrade(request, socket) {
    const accept = acceptKey(request.headers['sec-websocket-key']);
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\n' +
        'Upgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Accept: ${accept}\r\n\r\n`
    );
    joined(request.url.slice(1), socket);
  });
  return server;
}

/// A client: a promise of its conversation.
function connect(port, name, heard) {
  return new Promise(function connecting(resolve, reject) {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': 13,
      'Sec-WebSocket-Key': crypto
        .randomBytes(16)
        .toString('base64'),
    };
    const request = http.get({
      host: '127.0.0.1',
      port,
      path: `/${name}`,
      headers,
    });
    request.on('upgrade', (response, socket) =>
      resolve(conversation(socket, true, heard))
    );
    request.on('error', reject);
  });
}

module.exports = { serve, connect, conversation };
