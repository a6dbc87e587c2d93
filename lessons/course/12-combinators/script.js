// Three weather stations, four ways to ask all of them
function station(name, ms, degrees) {
  return new Promise(function measure(resolve, reject) {
    setTimeout(function answer() {
      if (degrees === undefined) reject(new Error(`${name} is out of order`));
      else resolve(`${name}: ${degrees} degrees`);
    }, ms);
  });
}

const stations = [
  station('harbour', 30, 14),
  station('summit', 10), // fails
  station('valley', 20, 11),
];

Promise.allSettled(stations).then(function gotReports(results) {
  console.log('allSettled:', results.map((result) => result.status).join(', '));
});
Promise.any(stations).then(function gotAny(value) { console.log('any:', value); });
Promise.all(stations).catch(function gotError(error) { console.log('all:', error.message); });
Promise.race(stations).catch(function gotFirst(error) { console.log('race:', error.message); });
