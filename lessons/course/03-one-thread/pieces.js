// The same count in pieces: between two of them the loop turns
const limit = 60000;
const piece = 500;

function isPrime(number) {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) {
    if (number % divisor === 0) return false;
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

setTimeout(function alarm() { console.log('the alarm rings'); }, 5);

countPrimes(0, 0);
