// A client: each request comes on a connection of its own.
const http = require('http');

/// The text of the answer; 'no answer' if the connection is lost.
module.exports = function ask(port, path = '/') {
  return new Promise(function asking(resolve) {
    const request = http.get(
      { host: '127.0.0.1', port, path, agent: false },
      function answered(response) {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', function more(part) {
          text += part;
        });
        response.on('end', function whole() {
          resolve(text);
        });
        response.on('error', function cut() {
          resolve('no answer');
        });
      }
    );
    request.on('error', function lost() {
      resolve('no answer');
    });
  });
};
