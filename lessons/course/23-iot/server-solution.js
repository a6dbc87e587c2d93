const http = require('http');

const devices = new Map(); // what is known of each connection
const patience = 30000; // ms of silence, then a device is lost
let lost = 0; // as counted every second

function countLost() {
  const now = Date.now();
  lost = 0;
  for (const device of devices.values()) {
    if (now - device.heard > patience) lost++;
  }
}

const server = http.createServer(function serve(request, response) {
  devices.get(request.socket).heard = Date.now();
  request.resume();
  request.on('end', function whole() {
    response.end(JSON.stringify({ devices: devices.size, lost }));
  });
});

server.on('connection', function connected(socket) {
  devices.set(socket, { heard: Date.now() });
  socket.on('close', function gone() {
    devices.delete(socket);
  });
});

server.keepAliveTimeout = 0;
server.listen(process.env.PORT || 8080, '127.0.0.1', () =>
  setInterval(countLost, 1000)
);
