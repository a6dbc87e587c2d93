const { serve, connect, conversation } = require('./websocket.js');

const room = new Map(); // who is there, by name

function tellRoom(text) {
  for (const [name, person] of room) {
    person.send(text);
    console.log(`${text}: written to ${name}`);
  }
}

const server = serve(function join(name, socket) {
  room.set(name, conversation(socket, false, tellRoom));
  socket.on('close', () => room.delete(name));
});

async function main() {
  const port = server.address().port;
  let left = 2;
  const ann = await connect(port, 'ann', function annHears(text) {
    console.log(`${text}: ann hears`);
    if (--left === 0) leave();
  });
  const bob = await connect(port, 'bob', () => {});

  function leave() {
    ann.socket.end();
    bob.socket.end();
    server.close();
  }

  ann.send('one');
  ann.send('two');
}

server.listen(0, '127.0.0.1', main);
