'use strict';
// Errors of everything that began in a domain go to the domain.
const domain = require('node:domain');
const EventEmitter = require('node:events');
const fs = require('node:fs');

function make(name) {
  const made = domain.create();
  made.name = name;
  made.on('error', (error) => {
    const { domainThrown, domainEmitter, domainBound } = error;
    console.log(`${name} took ${error.message}`, error.domain === made, domainThrown, Boolean(domainEmitter), typeof domainBound,
                'active', process.domain ? process.domain.name : process.domain, domain._stack.length);
  });
  return made;
}
const outer = make('outer');
const inner = make('inner');
const steps = [];
const later = (work, milliseconds = 30) => steps.push([work, milliseconds]);

console.log(process.domain, domain.active, EventEmitter.usingDomains);
outer.run(() => console.log('inside', process.domain.name, new EventEmitter().domain.name));
console.log('result', outer.run((a, b) => a + b, 1, 2), process.domain);
later(() => outer.run(() => { throw new Error('at once'); }));
later(() => outer.run(() => setTimeout(() => { throw new Error('timer'); }, 1)));
later(() => outer.run(() => process.nextTick(() => { throw new Error('tick'); })));
later(() => outer.run(() => { Promise.resolve().then(() => { console.log('reaction in', process.domain.name); }); }));
later(() => outer.run(() => { Promise.reject(new Error('rejection')); }));
later(() => outer.run(() => fs.stat('no such file', (error) => { throw error; })), 400);
later(() => outer.run(() => inner.run(() => { throw new Error('nested'); })));
later(() => {
  const emitter = new EventEmitter();
  outer.add(emitter);
  console.log(outer.members.length, emitter.emit('error', new Error('emitted')));
  emitter.on('event', () => { console.log('listener in', process.domain.name); });
  emitter.emit('event');
  outer.remove(emitter);
  console.log(outer.members.length, emitter.domain);
});
later(() => {
  outer.intercept((value) => console.log('intercepted', value, process.domain.name))(null, 7);
  outer.intercept(() => {})(new Error('passed'));
  const bound = outer.bind(function(value) { console.log('bound', this.me, value, process.domain.name); });
  bound.call({ me: 'x' }, 8);
});
later(() => {
  try {
    process.setUncaughtExceptionCaptureCallback(() => {});
  } catch (error) {
    console.log(error.code);
  }
});
later(() => {
  const thrower = domain.create();
  thrower.on('error', (error) => { throw new Error(`again after ${error.message}`); });
  outer.run(() => thrower.run(() => { throw new Error('first'); }));
});
later(() => {
  process.on('uncaughtException', (error) => console.log('process took', error.message, process.domain));
  domain.create().run(() => { throw new Error('nobody listens'); });
});

// One after the other, each with time enough for what it begins.
(function next() {
  if (steps.length === 0) return;
  const [work, milliseconds] = steps.shift();
  setTimeout(next, milliseconds);
  work();
})();
