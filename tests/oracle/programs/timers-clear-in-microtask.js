const a = setTimeout(() => { console.log('a'); Promise.resolve().then(() => clearTimeout(b)); }, 5);
const b = setTimeout(() => console.log('never'), 5);
setTimeout(() => console.log('c'), 6);
const i1 = setImmediate(() => process.nextTick(() => clearImmediate(i2)));
const i2 = setImmediate(() => console.log('never'));
