// Ready when the caller has had its turn
const { EventEmitter } = require('events');

class Database extends EventEmitter {
  constructor(tables) {
    super();
    this.tables = tables;
    process.nextTick(() => this.emit('ready', tables.length));
  }
}

const database = new Database(['users', 'orders']);
database.on('ready', function ready(count) { console.log('ready, with', count, 'tables'); });
console.log('waiting for the database');
