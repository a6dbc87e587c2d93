const waiting = []; // prices that the screen has not shown yet
let newest = 0;
let last = 0;
let worst = 0;

function publish(price) {
  waiting[0] = price; // in the place of an older one
}

const market = setInterval(function tick() {
  newest++;
  publish(newest);
  if (newest === 30) clearInterval(market);
}, 10);

const screen = setInterval(function show() {
  // draws every 30 ms, no faster
  const price = waiting.shift();
  if (price === undefined) return;
  worst = Math.max(worst, newest - price);
  last = price;
  if (last < 30) return;
  clearInterval(screen);
  console.log(`the last price shown is ${last}`);
  console.log(
    worst > 5 ? 'some prices were old' : 'no price was old'
  );
}, 30);
