// A baker, a chain and a mishap
Promise.resolve('flour')
  .then(function knead(stuff) {
    console.log('knead the', stuff);
    throw new Error('no yeast');
  })
  .then(function bake() { console.log('bake'); })
  .catch(function improvise(error) {
    console.log('improvise:', error.message);
    return 'flat bread';
  })
  .then(function serve(bread) { console.log('serve the', bread); })
  .finally(function wash() { console.log('wash up'); });
