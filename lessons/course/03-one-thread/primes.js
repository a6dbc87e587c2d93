// How many primes are there below 60,000?
const limit = 60000;

function isPrime(number) {
  for (let d = 2; d * d <= number; d += 1) {
    if (number % d === 0) return false;
  }
  return number > 1;
}

function countPrimes() {
  let primes = 0;
  for (let number = 0; number < limit; number += 1) {
    if (isPrime(number)) primes += 1;
  }
  console.log('primes:', primes);
}

setTimeout(function alarm() {
  console.log('the alarm rings');
}, 5);

countPrimes();
