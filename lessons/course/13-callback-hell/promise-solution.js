// The second way out: promises
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shop-'));
fs.writeFileSync(path.join(folder, 'prices.json'), '{ "tea": 3, "coffee": 4 }');
fs.writeFileSync(path.join(folder, 'sold.json'), '{ "tea": 20, "coffee": 5 }');

async function readJson(name) {
  return JSON.parse(await fs.promises.readFile(path.join(folder, name), 'utf8'));
}

async function main() {
  try {
    const [prices, sold] = await Promise.all([readJson('prices.json'), readJson('sold.json')]);
    console.log('turnover:', prices.tea * sold.tea + prices.coffee * sold.coffee);
  } catch (error) {
    console.log('failed:', error.name);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

main();
