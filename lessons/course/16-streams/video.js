// A video server, and one viewer
const fs = require('fs');
const http = require('http');
const os = require('os');
const path = require('path');

const file = path.join(os.tmpdir(), `video-${process.pid}.bin`);
fs.writeFileSync(file, Buffer.alloc(2000000, 'v'));
let largest = 0; // of what the server hands over at once

const server = http.createServer(function serve(request, response) {
  const write = response.write;
  response.write = function measured(bytes, ...rest) {
    largest = Math.max(largest, bytes.length);
    return write.call(this, bytes, ...rest);
  };
  play(response);
});

function play(response) {
  fs.readFile(file, function gotAll(error, bytes) {
    response.write(bytes);
    response.end();
  });
}

server.listen(0, '127.0.0.1', function listening() {
  http.get({ port: server.address().port, agent: false }, function answered(response) {
    let total = 0;
    response.on('data', function watch(bytes) { total += bytes.length; });
    response.on('end', function seen() {
      console.log('seen', total, 'bytes');
      console.log('largest piece:', largest, 'bytes');
      server.close();
      fs.unlinkSync(file);
    });
  });
});
