// A chain that waits for the oven
function bake(what) {
  return new Promise(function oven(resolve) {
    setTimeout(function ready() {
      resolve(what);
    }, 20);
  });
}

bake('bread')
  .then(function slice(bread) {
    console.log('slice the', bread);
    return bake('cake');
  })
  .then(function serve(cake) {
    console.log('serve the', cake);
  });
