// Set later, due earlier?
function work(ms) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    // work
  }
}

setTimeout(function bread() { console.log('the bread is baked'); }, 30);
setTimeout(function eggs() { console.log('the eggs are boiled'); }, 20);
work(15);
setTimeout(function milk() { console.log('the milk is warm'); }, 10);
work(40);
console.log('the cook looks up');
