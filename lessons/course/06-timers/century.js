// How long is a long time?
const day = 24 * 60 * 60 * 1000;

setTimeout(function soon() { console.log('in half a second'); }, 500);
const distant = setTimeout(function month() { console.log('in thirty days'); }, 30 * day);

setTimeout(function stop() {
  clearTimeout(distant);
  console.log('the end');
}, 1000);
