// Ready in a tick. Is that late enough?
const { EventEmitter } = require('events');

class Database extends EventEmitter {
  constructor(tables) {
    super();
    process.nextTick(() => this.emit('ready', tables.length));
  }
}

async function loadSettings() {
  return { name: 'shop' };
}

async function main() {
  const database = new Database(['users', 'orders']);
  const { name } = await loadSettings();
  database.on('ready', function ready(count) { console.log('ready, with', count, 'tables'); });
  console.log('waiting for the database of the', name);
}

main();
