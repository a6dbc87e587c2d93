const first = setImmediate(() => { console.log('first'); clearImmediate(second); clearImmediate(fourth); });
const second = setImmediate(() => console.log('never second'));
const third = setImmediate(() => { console.log('third'); clearImmediate(third); });
const fourth = setImmediate(() => console.log('never fourth'));
const fifth = setImmediate(() => console.log('fifth'));
