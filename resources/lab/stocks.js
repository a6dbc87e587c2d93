// Stock ticks, fanned out to many clients
// Ten times a second the prices move, and everybody who waits is told: by an answer that comes with the next tick (GET /next), or by
// a stream of server-sent events that never ends (GET /stream; a browser's EventSource reads it).
const http = require('http');

const prices = { ACME: 120, EMCA: 80, LOOP: 20, NODE: 200, PHPX: 55, TICK: 10 };
const waiting = new Set();
const streams = new Set();
let number = 0;
let state = 1;

/// -1 to 1; the same walk in every run (Lehmer's generator).
function random() {
  state = state * 48271 % 2147483647;
  return state / 1073741823.5 - 1;
}

function tick() {
  number++;
  for (const name of Object.keys(prices)) prices[name] = Math.round(prices[name] * (1 + random() / 100) * 100) / 100;
  const text = JSON.stringify({ number, prices });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  for (const response of waiting) response.writeHead(200, headers).end(text);
  waiting.clear();
  for (const response of streams) response.write(`id: ${number}\ndata: ${text}\n\n`);
}

function wait(response, set) {
  set.add(response);
  response.on('close', () => set.delete(response));
}

const server = http.createServer(function serve(request, response) {
  if (request.url === '/next') {
    wait(response, waiting);
  } else if (request.url === '/stream') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    wait(response, streams);
  } else if (request.url === '/symbols') {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(Object.keys(prices)));
  } else {
    response.writeHead(404).end();
  }
});

server.listen(process.env.PORT || 8080, '127.0.0.1', function listening() {
  console.log(`http://127.0.0.1:${server.address().port}`);
  setInterval(tick, 100);
});
