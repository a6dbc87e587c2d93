// Three small services of a shop, each an HTTP server of its own on
// this loop, and how they are asked. Each answers after its time.
const http = require('http');

const times = { prices: 20, stock: 40, reviews: 400 }; // ms
const answers = {
  prices: (item) => item.length * 10,
  stock: (item) => item.length % 5,
  reviews: () => 'very good',
};
const servers = new Map(); // by name

function start(name) {
  return new Promise(function starting(started) {
    const server = http.createServer(
      function serve(request, response) {
        const item = request.url.slice(1);
        const work = setTimeout(function reply() {
          console.log(`${name}: done`);
          response.end(JSON.stringify(answers[name](item)));
        }, times[name]);
        response.on('close', function gone() {
          // all is said, or nobody waits for it any more
          if (response.writableEnded) return;
          clearTimeout(work);
          console.log(`${name}: nobody waits, stopped`);
        });
      }
    );
    servers.set(name, server);
    server.listen(0, '127.0.0.1', started);
  });
}

async function startAll() {
  for (const name of Object.keys(times)) await start(name);
}

function stopAll() {
  for (const server of servers.values()) server.close();
}

// The service's answer. If the signal is aborted before it is there,
// the request is ended, and the promise rejected with an AbortError.
function ask(name, item, signal) {
  return new Promise(function asking(resolve, reject) {
    const options = {
      host: '127.0.0.1',
      port: servers.get(name).address().port,
      path: `/${item}`,
      agent: false,
      signal,
    };
    const request = http.get(options, function answered(response) {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', function more(part) {
        text += part;
      });
      response.on('end', function whole() {
        resolve(JSON.parse(text));
      });
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}

module.exports = { startAll, stopAll, ask };
