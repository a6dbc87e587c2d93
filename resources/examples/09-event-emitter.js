// EventEmitter calls its listeners at once
// emit() is a plain call: listeners run before it returns, on the same stack. Nothing is queued unless a listener queues it.
const { EventEmitter, once } = require('events');

const door = new EventEmitter();
door.on('knock', function polite(who) { console.log('come in,', who); });
door.on('knock', function lazy(who) {
  setImmediate(function answer() { console.log('oh, hello', who); });
});
door.once('knock', function surprised() { console.log('who is that?'); });

async function waitForBell() {
  const [times] = await once(door, 'bell');
  console.log('the bell rang', times, 'times');
}

waitForBell();
console.log('before emit');
door.emit('knock', 'Ada');
door.emit('knock', 'Grace');
door.emit('bell', 2);
console.log('after emit');
