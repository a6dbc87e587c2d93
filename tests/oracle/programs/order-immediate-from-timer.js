// From a timer the check phase comes before the next timer iteration.
setTimeout(() => {
  setImmediate(() => {
    console.log('immediate inside');
    setTimeout(() => console.log('timeout from immediate'), 0);
    setImmediate(() => console.log('immediate from immediate'));
  });
  console.log('timer');
}, 3);
