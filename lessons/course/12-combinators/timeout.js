// An answer, or a timeout
function ask() {
  return new Promise(function request(resolve) {
    setTimeout(function answer() { resolve('42'); }, 20);
  });
}

function timeout(ms) {
  return new Promise(function start(resolve, reject) {
    setTimeout(function tooLate() { reject(new Error(`no answer within ${ms} ms`)); }, ms);
  });
}

async function main() {
  console.log('answer:', await Promise.race([ask(), timeout(1000)]));
}

main();
