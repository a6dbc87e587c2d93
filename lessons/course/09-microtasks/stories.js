// Two storytellers
Promise.resolve()
  .then(function wolf1() { console.log('A wolf was hungry,'); })
  .then(function wolf2() { console.log('went into the woods,'); })
  .then(function wolf3() { console.log('and met a girl.'); });

Promise.resolve()
  .then(function king1() { console.log('A king was old,'); })
  .then(function king2() { console.log('had three sons,'); })
  .then(function king3() { console.log('and no money.'); });

console.log('Once upon a time:');
