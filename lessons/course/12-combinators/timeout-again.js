// No answer, and a timeout that keeps nobody awake
function ask() {
  return new Promise(function request(resolve) {}); // the answer got lost
}

function timeout(ms) {
  return new Promise(function start(resolve, reject) {
    const timer = setTimeout(function tooLate() { reject(new Error(`no answer within ${ms} ms`)); }, ms);
    timer.unref();
  });
}

async function main() {
  try {
    console.log('answer:', await Promise.race([ask(), timeout(1000)]));
  } catch (error) {
    console.log('sorry:', error.message);
  }
}

main();
console.log('asked');
