// The same count, in pieces
const limit = 60000;
const piece = 500;

function isPrime(number) {
  for (let d = 2; d * d <= number; d += 1) {
    if (number % d === 0) return false;
  }
  return number > 1;
}

function countPrimes(from, primes) {
  const end = Math.min(from + piece, limit);
  for (let number = from; number < end; number += 1) {
    if (isPrime(number)) primes += 1;
  }
  if (end === limit) console.log('primes:', primes);
  else setImmediate(countPrimes, end, primes);
}

setTimeout(function alarm() {
  console.log('the alarm rings');
}, 5);

countPrimes(0, 0);
