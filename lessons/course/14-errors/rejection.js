// When is a rejection unhandled?
process.on('unhandledRejection', function report(error) { console.log('unhandled:', error.message); });
process.on('rejectionHandled', function sorry() { console.log('handled after all'); });

const early = Promise.reject(new Error('early'));
const late = Promise.reject(new Error('late'));

Promise.resolve().then(function inTime() {
  early.catch(function catchEarly(error) { console.log('caught:', error.message); });
});
setImmediate(function tooLate() {
  late.catch(function catchLate(error) { console.log('caught:', error.message); });
});
process.nextTick(function tick() { console.log('a tick'); });
console.log('end of the script');
