// Three ways to return the same number
async function plain() {
  return 7;
}

async function awaited() {
  return await Promise.resolve(7);
}

async function passedOn() {
  return Promise.resolve(7);
}

passedOn().then(function gotPassedOn() { console.log('return promise'); });
awaited().then(function gotAwaited() { console.log('return await promise'); });
plain().then(function gotPlain() { console.log('return 7'); });
