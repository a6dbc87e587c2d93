// A listener that fails
const { EventEmitter } = require('events');

const printer = new EventEmitter();
printer.on('error', function report(error) { console.log('reported:', error.message); });
printer.on('paper', function refill() { throw new Error('wrong size'); });
printer.on('paper', function count() { console.log('one pack less'); });

try {
  printer.emit('paper');
  console.log('ready to print');
} catch (error) {
  console.log('thrown at who emits:', error.message);
}
