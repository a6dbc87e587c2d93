// A doorbell
const { EventEmitter } = require('events');

const bell = new EventEmitter();
bell.on('ring', function dog(who) { console.log('woof!'); });
bell.on('ring', function host(who) {
  setImmediate(function open() { console.log('come in,', who); });
  console.log('coming');
});
bell.once('ring', function baby() { console.log('waaah'); });

console.log('before the first ring');
bell.emit('ring', 'Ada');
console.log('after the first ring');
