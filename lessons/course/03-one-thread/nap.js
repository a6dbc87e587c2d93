// A nap after lunch
setTimeout(function lunch() {
  console.log('lunch');
  setTimeout(function dishes() { console.log('the dishes'); }, 10);
  const end = Date.now() + 60;
  while (Date.now() < end) {
    // 60 ms of nap, and nobody may wake him
  }
  console.log('awake again');
}, 10);

setTimeout(function tea() {
  console.log('tea');
}, 50);

setTimeout(function supper() {
  console.log('supper');
}, 200);
