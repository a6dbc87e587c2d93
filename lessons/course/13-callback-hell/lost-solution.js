// Every step passes its error on
const fs = require('fs');
const os = require('os');
const path = require('path');

const file = path.join(os.tmpdir(), 'there-is-no-such-shop', 'prices.json');

function readPrices(name, callback) {
  fs.readFile(name, 'utf8', function gotText(error, text) {
    if (error) return callback(error);
    callback(null, JSON.parse(text));
  });
}

function report(name, callback) {
  readPrices(name, function gotPrices(error, prices) {
    if (error) return callback(error);
    callback(null, Object.keys(prices).length);
  });
}

report(file, function gotReport(error, count) {
  if (error) console.log('no report:', error.code);
  else console.log('prices:', count);
});
