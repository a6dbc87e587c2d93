// The tea is poured by the one who knows when the kettle boils
setTimeout(function kettle() {
  console.log('the kettle boils');
  console.log('tea');
}, 10);
