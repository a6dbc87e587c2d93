function ask(what, ms) {
  // a database that takes its time
  return new Promise(function asking(resolve) {
    setTimeout(function answered() {
      resolve(what);
    }, ms);
  });
}

async function visitsOf(day) {
  const { length } = await ask(day, 20);
  return length * 100;
}

async function report() {
  const days = await ask(
    ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
    10
  );
  let sum = 0;
  for (const day of days) {
    const visits = await visitsOf(day);
    console.log(`${day}: ${visits}`);
    sum += visits;
  }
  console.log(`together: ${sum}`);
}

report();
