// The first way out: named functions, one below the other
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shop-'));
fs.writeFileSync(path.join(folder, 'prices.json'), '{ "tea": 3, "coffee": 4 }');
fs.writeFileSync(path.join(folder, 'sold.json'), '{ "tea": 20, "coffee": 5 }');

let open = 2;
const found = {};

function read(name) {
  fs.readFile(path.join(folder, `${name}.json`), 'utf8', function gotFile(error, text) {
    if (error) throw error;
    found[name] = JSON.parse(text);
    if (--open === 0) report();
  });
}

function report() {
  let total = 0;
  for (const [name, price] of Object.entries(found.prices)) total += price * found.sold[name];
  console.log('turnover:', total);
  fs.rm(folder, { recursive: true }, function removed() { console.log('tidied up'); });
}

read('prices');
read('sold');
console.log('both files asked for');
