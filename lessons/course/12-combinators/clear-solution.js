// The timer is taken back when the race is over
function ask(what, ms) {
  return new Promise(function request(resolve) {
    setTimeout(function answer() { resolve(42); }, ms);
  });
}

async function within(promise, ms) {
  let timer;
  const timeout = new Promise(function start(resolve, reject) {
    timer = setTimeout(function tooLate() { reject(new Error(`no answer within ${ms} ms`)); }, ms);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

async function askWithin(what, needed, allowed) {
  try {
    console.log(`${what}:`, await within(ask(what, needed), allowed));
  } catch (error) {
    console.log(`${what}:`, error.message);
  }
}

async function main() {
  await askWithin('slow', 100, 50);
  await askWithin('quick', 20, 1000);
}

main();
