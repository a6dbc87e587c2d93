// Errors: caught late, handled late, not caught at all
// A rejection that has no handler when the microtasks are done is reported; a handler that comes later is too late for that.
process.on('unhandledRejection', function report(error) { console.log('unhandled:', error.message); });
process.on('rejectionHandled', function sigh() { console.log('handled after all'); });

const failed = Promise.reject(new Error('nobody listens'));
setTimeout(function tooLate() {
  failed.catch((error) => console.log('caught:', error.message));
}, 5);

async function careful() {
  try {
    await Promise.reject(new Error('expected'));
  } catch (error) {
    console.log('caught at once:', error.message);
  } finally {
    console.log('finally');
  }
}

careful();
process.on('exit', (code) => console.log('exit with', code));
