const http = require('http');

const prices = { tea: 3, coffee: 4 };

function quote(price) {
  // all that it needs comes as an argument: it can run anywhere
  let sum = 0;
  for (let day = 0; day < 25000; day++) sum += price * (day % 7);
  return `quote: ${sum}`;
}

const server = http.createServer(
  async function serve(request, response) {
    const price = prices[request.url.slice(1)];
    response.end(await quote(price));
  }
);

server.listen(process.env.PORT || 8080, '127.0.0.1');
