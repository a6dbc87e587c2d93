// An error that was made in one place and emitted in another, by an emitter of a class.
const { EventEmitter } = require('events');
class Source extends EventEmitter {}
const source = new Source();
const error = new Error('made early');
setTimeout(function emits() { source.emit('error', error); }, 1);
