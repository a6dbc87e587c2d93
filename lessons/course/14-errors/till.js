// A till for one customer at a time
let isBusy = false;

process.on('uncaughtException', function lastResort(error) {
  console.log('uncaught:', error.name);
});

function pay(customer, amount) {
  if (isBusy) {
    console.log(customer, 'has to wait');
    return;
  }
  isBusy = true;
  console.log(customer, 'pays', amount.toFixed(2));
  isBusy = false;
}

setTimeout(function ada() { pay('Ada', 3); }, 10);
setTimeout(function grace() { pay('Grace'); }, 20); // no amount
setTimeout(function edsger() { pay('Edsger', 4); }, 30);
setTimeout(function barbara() { pay('Barbara', 5); }, 40);
