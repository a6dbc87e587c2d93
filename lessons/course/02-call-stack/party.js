// A neighbour who cannot interrupt, however long he waits
function greet(name) {
  console.log('hello,', name);
}

setTimeout(function party() {
  setTimeout(function neighbour() { console.log('the neighbour complains'); }, 1);
  greet('Ada');
  const end = Date.now() + 20;
  while (Date.now() < end) {
    // 20 ms of music
  }
  greet('Ben');
  console.log('the party is over');
}, 0);

console.log('end of the script');
