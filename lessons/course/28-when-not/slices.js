function isPrime(n) {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return n > 1;
}

async function part(from, to) {
  let count = 0;
  for (let n = from; n < to; n++) {
    if (isPrime(n)) count++;
    if (n % 500 === 0)
      await new Promise(function sleeping(resolve) {
        setImmediate(resolve);
      });
  }
  return count;
}

async function main() {
  const counts = await Promise.all([
    part(0, 30000),
    part(30000, 50000),
    part(50000, 67000),
    part(67000, 80000),
  ]);
  console.log(
    `primes: ${counts.reduce((sum, count) => sum + count)}`
  );
}

setTimeout(function heartbeat() {
  console.log('heartbeat');
}, 5);
main();
