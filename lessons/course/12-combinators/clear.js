// One question too slow, one quick
function ask(what, ms) {
  return new Promise(function request(resolve) {
    setTimeout(function answer() { resolve(42); }, ms);
  });
}

function timeout(ms) {
  return new Promise(function start(resolve, reject) {
    setTimeout(function tooLate() { reject(new Error(`no answer within ${ms} ms`)); }, ms);
  });
}

async function askWithin(what, needed, allowed) {
  try {
    console.log(`${what}:`, await Promise.race([ask(what, needed), timeout(allowed)]));
  } catch (error) {
    console.log(`${what}:`, error.message);
  }
}

async function main() {
  await askWithin('slow', 100, 50);
  await askWithin('quick', 20, 1000);
}

main();
