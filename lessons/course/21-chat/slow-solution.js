const { serve, connect, conversation } = require('./websocket.js');

const room = new Map();
const picture = 'x'.repeat(60000);

const most = 256 * 1024; // bytes that are kept for one person

function tellRoom(text) {
  for (const person of room.values()) {
    if (person.socket.writableLength <= most) person.send(text);
  }
}

const server = serve(function join(name, socket) {
  room.set(name, conversation(socket, false, tellRoom));
});

async function main() {
  const port = server.address().port;
  let left = 200;
  const ann = await connect(port, 'ann', function annHears() {
    if (--left > 0) return ann.send(picture);
    console.log('ann has heard all');
    const kept = room.get('bob').socket.writableLength;
    const size = kept > 1000000 ? 'more than' : 'at most';
    console.log(`kept for bob: ${size} a megabyte`);
    process.exit();
  });
  const bob = await connect(port, 'bob', () => {});
  bob.socket.pause(); // in a tunnel: connected, but nothing is read
  ann.send(picture);
}

server.listen(0, '127.0.0.1', main);
