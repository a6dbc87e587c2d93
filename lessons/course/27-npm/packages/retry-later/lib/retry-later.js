/// A promise of what work() gives. If it fails, it is tried again after `wait` ms, then after twice as long, and so on: `retries` times.
module.exports = async function retryLater(work, { retries = 3, wait = 100 } = {}) {
  for (let left = retries, ms = wait; ; left--, ms *= 2) {
    try {
      return await work();
    } catch (error) {
      if (left === 0) throw error;
    }
    await new Promise((resolve) => setTimeout(function again() { resolve(); }, ms));
  }
};
