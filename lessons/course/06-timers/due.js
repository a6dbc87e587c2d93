// Set later, due earlier?
function work(ms) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    // work
  }
}

setTimeout(function bread() { console.log('the bread is baked'); }, 150);
setTimeout(function eggs() { console.log('the eggs are boiled'); }, 80);
work(60);
setTimeout(function milk() { console.log('the milk is warm'); }, 50);
work(120);
console.log('the cook looks up');
