// Waiting for a flag
let boiling = false;

setTimeout(function kettle() {
  boiling = true;
  console.log('the kettle boils');
}, 10);

const patience = Date.now() + 50;
while (!boiling && Date.now() < patience) {
  // wait for it
}

console.log(boiling ? 'tea' : 'no tea');
