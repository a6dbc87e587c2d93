// Eight customers, one every 10 ms. When all are through, the service
// is closed, and what each was told is printed.
const http = require('http');
const { setTimeout: sleep } = require('timers/promises');

const orders = [
  { customer: 'Ann', item: 'tea', amount: 2 },
  { customer: 'Bob', item: 'coffee', amount: 1 },
  'nonsense',
  { customer: 'Cid', item: 'milk', amount: 1 }, // is not sold here
  { customer: 'Dan', item: 'sugar', amount: 4 }, // too heavy
  { customer: 'Eve', item: 'tea', amount: 2 },
  { customer: 'Fay', item: 'tea', amount: 2 }, // one is left
  { customer: 'Gus', item: 'coffee', amount: 1 },
];

function send(port, order) {
  return new Promise(function sending(resolve) {
    const options = {
      host: '127.0.0.1',
      port,
      method: 'POST',
      agent: false,
    };
    const request = http.request(
      options,
      function answered(response) {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', function more(part) {
          text += part;
        });
        response.on('end', function whole() {
          resolve(`${response.statusCode} ${text}`);
        });
      }
    );
    request.on('error', function lost() {
      resolve('no answer');
    });
    request.end(
      typeof order === 'string' ? order : JSON.stringify(order)
    );
  });
}

module.exports = async function comeTo(server) {
  const answers = [];
  for (const order of orders) {
    answers.push(send(server.address().port, order));
    await sleep(10);
  }
  for (const [i, answer] of (
    await Promise.all(answers)
  ).entries()) {
    console.log(`${orders[i].customer ?? 'somebody'}: ${answer}`);
  }
  server.close();
};
