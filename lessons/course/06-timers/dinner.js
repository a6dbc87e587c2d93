// A dinner whose courses are set one after the other
function work(ms) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    // work
  }
}

setTimeout(function soup() { console.log('the soup is hot'); }, 160);
work(40);
setTimeout(function roast() { console.log('the roast is done'); }, 150);
work(40);
setTimeout(function salad() { console.log('the salad is washed'); }, 30);
const cake = setTimeout(function pie() { console.log('the pie is baked'); }, 10);
work(120);
clearTimeout(cake);
console.log('the guests sit down');
