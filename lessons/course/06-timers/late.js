// Two alarms, and one who does not care
setTimeout(function five() {
  console.log('five: I am in time');
  const end = Date.now() + 40;
  while (Date.now() < end) {
    // 40 ms of work
  }
}, 5);

setTimeout(function ten() { console.log('ten: I was due long ago'); }, 10);
const twenty = setTimeout(function twenty() { console.log('twenty'); }, 20);

setTimeout(function thirteen() {
  clearTimeout(twenty);
  console.log('thirteen: twenty is cancelled');
}, 13);
