// Nobody fails this time
function station(name, ms, degrees) {
  return new Promise(function measure(resolve) {
    setTimeout(function answer() { resolve(`${name} ${degrees}`); }, ms);
  });
}

const stations = [
  station('harbour', 30, 14),
  station('summit', 10, -3),
  station('valley', 20, 11),
];

Promise.all(stations).then(function gotAll(values) { console.log('all:', values.join(', ')); });
Promise.any(stations).then(function gotAny(value) { console.log('any:', value); });
Promise.all([]).then(function gotNothing(values) { console.log('all of none:', values.length); });
stations[2].then(function gotValley(value) { console.log('alone:', value); });
