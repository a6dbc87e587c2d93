// The net hangs one step further down
Promise.resolve('Ada')
  .then(function jump(name) { throw new Error(`${name} falls`); })
  .catch(function net(error) { console.log('caught:', error.message); });

setTimeout(function applause() { console.log('applause'); }, 10);
