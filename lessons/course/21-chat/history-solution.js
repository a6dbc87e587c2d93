const { serve, connect, conversation } = require('./websocket.js');

const room = new Map();

function readHistory() {
  // from a database that needs 20 ms
  return new Promise((resolve) =>
    setTimeout(function historyRead() {
      resolve('earlier: hello');
    }, 20)
  );
}

function tellRoom(text) {
  for (const person of room.values()) person.tell(text);
}

async function join(name, socket) {
  const person = conversation(socket, false, tellRoom);
  const early = []; // what is said before the history is there
  person.tell = (text) => early.push(text);
  room.set(name, person);
  person.send(await readHistory());
  for (const text of early) person.send(text);
  person.tell = person.send;
}

const server = serve(join);

async function main() {
  const port = server.address().port;
  const ann = await connect(port, 'ann', () => {});
  let left = 2;
  const bob = await connect(port, 'bob', function bobHears(text) {
    console.log(`bob hears ${text}`);
    if (--left > 0) return;
    ann.socket.end();
    bob.socket.end();
    server.close();
  });
  ann.send('now: welcome, bob');
}

server.listen(0, '127.0.0.1', main);
