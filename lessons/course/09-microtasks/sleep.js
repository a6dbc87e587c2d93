// A promise for the morning
function sleep(ms) {
  return new Promise(function executor(resolve) {
    setTimeout(resolve(), ms);
  });
}

setTimeout(function cock() {
  console.log('the cock crows');
}, 30);

console.log('good night');
sleep(50).then(function wake() {
  console.log('good morning');
});
