const period = 10; // ms between two ticks of the market
let number = 0;

const market = setInterval(function tick() {
  number++;
  console.log(`tick ${number}`);
  if (number === 4) clearInterval(market);
}, period);

setTimeout(function report() {
  // computes for 35 ms
  console.log('report begins');
  const until = Date.now() + 35;
  while (Date.now() < until);
  console.log('report is ready');
}, 15);
