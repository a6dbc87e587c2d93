// The report of a shop, in callbacks
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shop-'));
fs.writeFileSync(path.join(folder, 'config.json'), '{ "prices": "prices.json", "sold": "sold.json" }');
fs.writeFileSync(path.join(folder, 'prices.json'), '{ "tea": 3, "coffee": 4 }');
fs.writeFileSync(path.join(folder, 'sold.json'), '{ "tea": 20, "coffee": 5 }');

fs.readFile(path.join(folder, 'config.json'), 'utf8', function gotConfig(error, config) {
  if (error) throw error;
  const names = JSON.parse(config);
  console.log('config is there');
  fs.readFile(path.join(folder, names.prices), 'utf8', function gotPrices(error, prices) {
    if (error) throw error;
    console.log('prices are there');
    fs.readFile(path.join(folder, names.sold), 'utf8', function gotSold(error, sold) {
      if (error) throw error;
      console.log('sold is there');
      let total = 0;
      for (const [name, price] of Object.entries(JSON.parse(prices))) total += price * JSON.parse(sold)[name];
      console.log('turnover:', total);
      fs.rm(folder, { recursive: true }, function removed() { console.log('tidied up'); });
    });
    console.log('prices: done');
  });
  console.log('config: done');
});
console.log('script: done');
