// Async functions: what runs at once, and what waits
// Try: put two awaits one after the other, then the same with Promise.all, and compare the times.

const wait = (milliseconds, value) => new Promise((resolve) => setTimeout(resolve, milliseconds, value));

async function cook(dish, milliseconds) {
  console.log('start', dish); // runs at once: an async function is a plain one up to its first await
  const cooked = await wait(milliseconds, `${dish} is ready`);
  console.log(cooked);
  return dish;
}

async function dinner() {
  const [soup, cake] = await Promise.all([cook('soup', 10), cook('cake', 30)]);
  console.log('served:', soup, 'and', cake);
}

dinner();
console.log('the kitchen is busy');
