// Three alarms, and one who does not care
setTimeout(function busy() {
  console.log('busy: I am in time');
  const end = Date.now() + 150;
  while (Date.now() < end) {
    // 150 ms of work
  }
}, 20);

const lunch = setTimeout(function lunch() {
  console.log('lunch');
}, 120);

setTimeout(function letter() {
  console.log('letter: due long ago');
}, 40);

setTimeout(function guest() {
  clearTimeout(lunch);
  console.log('guest: lunch is cancelled');
}, 80);
