process.on('warning', (w) => console.log('event', w.name, w.message, w.code));
process.emitWarning('plain');
process.emitWarning('typed', 'MyWarning', 'W001');
process.emitWarning('options', { type: 'Other', code: 'W002', detail: 'more detail' });
const error = new Error('an error'); error.name = 'ErrorWarning';
process.emitWarning(error);
process.emitWarning('deprecated', 'DeprecationWarning', 'DEP1');
console.log('main');
