// The same calculation, put into a timer of its own
const set = Date.now();

setTimeout(function calculate() {
  const end = Date.now() + 100;
  while (Date.now() < end) {
    // 100 ms of hard work
  }
  console.log('calculated');
}, 0);

setTimeout(function alarm() {
  const late = Date.now() - set - 10;
  console.log(late < 50 ? 'the alarm rings in time' : 'the alarm rings far too late');
}, 10);

console.log('end of the script');
