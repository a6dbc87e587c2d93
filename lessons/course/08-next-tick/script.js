// An evening in a restaurant
function order(meal) {
  process.nextTick(function serve() {
    console.log('serve the', meal);
  });
  console.log('order the', meal);
}

setImmediate(function bill() {
  console.log('bring the bill');
  process.nextTick(function tip() {
    console.log('take the tip');
  });
});

setImmediate(function coat() {
  console.log('bring the coat');
});

order('soup');
order('fish');
console.log('end of the script');
