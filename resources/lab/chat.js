// A chat over WebSocket
// Whoever is connected stays so. What one says, all in the room (the path of the URL) are sent. WebSocket is spoken by hand: RFC 6455.
const http = require('http');
const crypto = require('crypto');

const rooms = new Map(); // path -> set of sockets
const longest = 65536; // bytes of a message
const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

function frame(opcode, payload) {
  const length = payload.length;
  const head = length < 126 ? Buffer.from([0x80 | opcode, length]) : Buffer.from([0x80 | opcode, 126, length >> 8, length & 255]);
  return Buffer.concat([head, payload]);
}

/// The first frame in the bytes; null if it is not whole yet. Frames of a client are masked, and no longer than the longest message.
function parseFrame(bytes) {
  if (bytes.length < 2) return null;
  let length = bytes[1] & 127;
  let at = 2;
  if (length === 126) {
    if (bytes.length < 4) return null;
    length = bytes.readUInt16BE(2);
    at = 4;
  }
  if (length === 127 || !(bytes[1] & 128)) return { problem: length === 127 ? 1009 : 1002 };
  if (bytes.length < at + 4 + length) return null;
  const mask = bytes.subarray(at, at + 4);
  const payload = Buffer.alloc(length);
  for (let i = 0; i < length; i++) payload[i] = bytes[at + 4 + i] ^ mask[i & 3];
  return { isLast: (bytes[0] & 128) !== 0, opcode: bytes[0] & 15, payload, size: at + 4 + length };
}

function close(socket, code) {
  socket.end(frame(opcodes.close, Buffer.from([code >> 8, code & 255])));
}

function tellRoom(room, opcode, payload) {
  const bytes = frame(opcode, payload);
  for (const socket of room) socket.write(bytes);
}

function join(socket, room, head) {
  let bytes = head;
  let kind = opcodes.text;
  let parts = []; // of a message that comes in several frames

  function heard({ isLast, opcode, payload }) {
    if (opcode === opcodes.close) return close(socket, payload.length >= 2 ? payload.readUInt16BE(0) : 1000);
    if (opcode === opcodes.ping) return socket.write(frame(opcodes.pong, payload));
    if (opcode > opcodes.binary) return undefined;
    if (opcode !== opcodes.continuation) kind = opcode;
    parts.push(payload);
    if (parts.reduce((sum, part) => sum + part.length, 0) > longest) return close(socket, 1009);
    if (isLast) tellRoom(room, kind, Buffer.concat(parts.splice(0)));
    return undefined;
  }

  socket.on('data', function data(more) {
    bytes = bytes.length > 0 ? Buffer.concat([bytes, more]) : more;
    for (let next = parseFrame(bytes); next !== null && socket.writable; next = parseFrame(bytes)) {
      if (next.problem) return close(socket, next.problem);
      bytes = bytes.subarray(next.size);
      heard(next);
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => room.delete(socket));
  room.add(socket);
}

const server = http.createServer(function serve(request, response) {
  const people = [...rooms].map(([name, room]) => ({ name, people: room.size }));
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(people));
});

server.on('upgrade', function upgrade(request, socket, head) {
  const key = request.headers['sec-websocket-key'];
  if (!key) return socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  const accept = crypto.createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  if (!rooms.has(request.url)) rooms.set(request.url, new Set());
  join(socket, rooms.get(request.url), head);
});

server.listen(process.env.PORT || 8080, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
