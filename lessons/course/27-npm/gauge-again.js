const gauge = require('./packages/gauge');

async function work() {
  for (let part = 0; part < 4; part++) {
    await new Promise((resolve) =>
      setTimeout(function partDone() {
        resolve();
      }, 20)
    );
    if (part === 2) throw new Error(`part ${part} is broken`);
  }
}

async function main() {
  await work();
  console.log('all parts are done');
}

main()
  .then(gauge.stop)
  .catch(function report(error) {
    console.log(`failed: ${error.message}`);
  });
