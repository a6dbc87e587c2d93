let most = 0;
let left = 10;

function look() {
  most = Math.max(most, process.memoryUsage().heapUsed);
  if (--left === 0) clearInterval(timer);
}

/// The memory of the process is looked at ten times, every half second, or until stop() is called.
const timer = setInterval(look, 500);
look();

module.exports = {
  most: () => most,
  stop: () => clearInterval(timer),
};
