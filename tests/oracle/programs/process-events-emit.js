process.once('custom', (...args) => console.log('custom', args));
console.log(process.emit('custom', 1, 2), process.emit('custom'), process.listenerCount('exit'));
const f = () => {};
process.on('exit', f); console.log(process.listenerCount('exit')); process.off('exit', f); console.log(process.listenerCount('exit'));
process.setUncaughtExceptionCaptureCallback((e) => console.log('captured', e.message));
setTimeout(() => { throw new Error('x'); }, 1);
setTimeout(() => console.log(process.hasUncaughtExceptionCaptureCallback()), 5);
