const EventEmitter = require('events');
setTimeout(() => new EventEmitter().emit('error', new Error('nobody listens')), 1);
