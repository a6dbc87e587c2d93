// A ruler of microtasks beside the same three
async function plain() {
  return 7;
}

async function awaited() {
  return await Promise.resolve(7);
}

async function passedOn() {
  return Promise.resolve(7);
}

let turn = 0;
function ruler() {
  turn += 1;
  if (turn < 4) Promise.resolve().then(ruler);
}
Promise.resolve().then(ruler); // its first turn runs before all else

plain().then(function gotPlain() { console.log('return 7: turn', turn); });
awaited().then(function gotAwaited() { console.log('return await promise: turn', turn); });
passedOn().then(function gotPassedOn() { console.log('return promise: turn', turn); });
