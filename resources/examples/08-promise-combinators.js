// all, allSettled, race, any
// The same three promises, asked four ways: each combinator settles at another moment.
const after = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
const fails = (ms, why) => new Promise((_, reject) => setTimeout(() => reject(new Error(why)), ms));

const quick = after(5, 'quick');
const broken = fails(10, 'broken');
const slow = after(15, 'slow');
const three = [slow, broken, quick];

Promise.race(three).then((value) => console.log('race:', value));
Promise.any(three).then((value) => console.log('any:', value));
Promise.all(three).catch((error) => console.log('all:', error.message));
Promise.allSettled(three).then((results) => {
  console.log('allSettled:', results.map((result) => result.status).join(', '));
});
