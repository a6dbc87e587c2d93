console.log('one');
setTimeout(function later() {
  missingFunction();
}, 1);
