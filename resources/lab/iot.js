// Readings of many devices
// A hundred thousand devices are connected and silent most of the time. Now and then one sends a packet of readings (8 bytes each: the
// number of a sensor and a value), and the server keeps count, mean and extremes of each sensor.
const http = require('http');

const sensors = new Map();
const most = 4096; // sensors

function note(sensor, value) {
  const known = sensors.get(sensor);
  if (known) {
    known.count++;
    known.mean += (value - known.mean) / known.count;
    known.least = Math.min(known.least, value);
    known.most = Math.max(known.most, value);
  } else if (sensors.size < most) {
    sensors.set(sensor, { count: 1, mean: value, least: value, most: value });
  }
}

function takePacket(packet) {
  for (let at = 0; at + 8 <= packet.length; at += 8) note(packet.readUInt32BE(at) % most, packet.readInt32BE(at + 4) / 65536);
  return Math.floor(packet.length / 8);
}

function report() {
  let readings = 0;
  for (const { count } of sensors.values()) readings += count;
  return { sensors: sensors.size, readings };
}

const server = http.createServer(function serve(request, response) {
  if (request.method === 'GET') return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(report()));
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', function whole() {
    const taken = takePacket(Buffer.concat(parts));
    response.writeHead(taken > 0 ? 202 : 400, { 'content-type': 'application/json' }).end(JSON.stringify({ taken }));
  });
});

server.keepAliveTimeout = 0; // devices are silent for hours
server.listen(process.env.PORT || 8080, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
