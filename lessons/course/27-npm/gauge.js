const gauge = require('./packages/gauge');

async function work() {
  let sum = 0;
  for (let part = 0; part < 4; part++) {
    sum += part;
    await new Promise((resolve) =>
      setTimeout(function partDone() {
        resolve();
      }, 20)
    );
  }
  return sum;
}

async function main() {
  console.log(`sum ${await work()}`);
  console.log(
    gauge.most() > 0
      ? 'memory was looked at'
      : 'no idea of the memory'
  );
}

main();
