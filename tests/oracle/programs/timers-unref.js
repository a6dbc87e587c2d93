const a = setTimeout(() => console.log('never: nothing keeps the loop alive'), 1000).unref();
console.log(a.hasRef(), a.ref() === a, a.hasRef(), a.unref().hasRef());
const b = setTimeout(() => console.log('b'), 5);
const c = setInterval(() => console.log('never c'), 5000);
c.unref();
const immediate = setImmediate(() => console.log('immediate'));
console.log(immediate.hasRef(), immediate.unref() === immediate, immediate.hasRef(), immediate.ref().hasRef());
setTimeout(() => console.log('unrefed but due earlier than the rest'), 2).unref();
