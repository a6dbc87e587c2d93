const controller = new AbortController();

function work(signal) {
  return new Promise(function working(resolve, reject) {
    const timer = setTimeout(function finish() {
      console.log('work: finished');
      resolve();
    }, 50);
    signal.addEventListener('abort', function stop() {
      console.log('work: stopped');
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

async function main() {
  controller.abort(); // before the work begins
  try {
    await work(controller.signal);
  } catch (error) {
    console.log(`main: ${error.name}`);
  }
}

main();
