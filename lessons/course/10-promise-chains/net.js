// Where does the net hang?
Promise.resolve('Ada')
  .then(
    function jump(name) { throw new Error(`${name} falls`); },
    function net(error) { console.log('caught:', error.message); },
  );

setTimeout(function applause() { console.log('applause'); }, 10);
