// Sensors over UDP
// Internet of things: sensors send small datagrams, nobody waits for an answer, some may get lost.
const dgram = require('dgram');

const station = dgram.createSocket('udp4');
const last = new Map();

station.on('message', function report(message) {
  const { sensor, degrees } = JSON.parse(message);
  last.set(sensor, degrees);
});

station.bind(0, '127.0.0.1', function bound() {
  const { port } = station.address();
  for (const sensor of ['cellar', 'kitchen', 'roof']) {
    const socket = dgram.createSocket('udp4');
    let count = 0;
    const timer = setInterval(function measure() {
      const degrees = sensor.length + count;
      socket.send(JSON.stringify({ sensor, degrees }), port, '127.0.0.1');
      if (++count === 5) {
        clearInterval(timer);
        setTimeout(() => socket.close(), 10);
      }
    }, 20);
  }
});

setTimeout(function summary() {
  for (const [sensor, degrees] of [...last].sort()) console.log(`${sensor}: ${degrees} degrees`);
  station.close();
}, 200);
