// An alarm for in 10 ms, and a long calculation
const set = Date.now();

setTimeout(function alarm() {
  const late = Date.now() - set - 10;
  console.log(late < 50 ? 'the alarm rings in time' : 'the alarm rings far too late');
}, 10);

function calculate() {
  const end = set + 100;
  while (Date.now() < end) {
    // 100 ms of hard work
  }
  console.log('calculated');
}

calculate();
console.log('end of the script');
