// The event that is not like the others
const { EventEmitter } = require('events');

const printer = new EventEmitter();
printer.on('paper', function refill() { console.log('paper is refilled'); });

console.log('listeners of jam:', printer.emit('jam') ? 'some' : 'none');
try {
  printer.emit('error', new Error('on fire'));
  console.log('error: nobody cares');
} catch (error) {
  console.log('thrown at who emits:', error.message);
}
printer.emit('paper');
