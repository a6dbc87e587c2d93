// What uncaughtException saves, and what it doesn't
const accounts = { ada: 100, grace: 0 };

process.on('uncaughtException', function lastResort(error) {
  console.log('uncaught:', error.message);
});

setTimeout(function transfer() {
  accounts.ada -= 30;
  console.log('taken from ada');
  sendReceipt('ada'); // there is no such function
  accounts.grace += 30;
  console.log('given to grace');
}, 10);

setTimeout(function audit() {
  console.log('in the bank:', accounts.ada + accounts.grace);
}, 20);
