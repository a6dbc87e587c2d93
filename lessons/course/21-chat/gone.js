const { setTimeout: sleep } = require('timers/promises');
const { serve, connect, conversation } = require('./websocket.js');

const room = new Map();
const picture = 'x'.repeat(60000);

function tellRoom(text) {
  for (const person of room.values()) person.send(text);
}

const server = serve(function join(name, socket) {
  room.set(name, conversation(socket, false, tellRoom));
  socket.on('close', function gone() {
    room.delete(name);
  });
});

async function main() {
  const port = server.address().port;
  let left = 200;
  const ann = await connect(port, 'ann', function annHears() {
    if (--left > 0) return ann.send(picture);
    console.log('ann has heard all');
    console.log(`in the room: ${[...room.keys()]}`);
    ann.socket.end();
    server.close();
  });
  const bob = await connect(port, 'bob', () => {});
  bob.socket.end(); // Bob closes the window of the chat
  await sleep(50);
  ann.send(picture);
}

server.listen(0, '127.0.0.1', main);
