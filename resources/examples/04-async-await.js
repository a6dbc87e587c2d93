// async and await: who waits for whom
// An async function runs at once until its first await; the rest of it is a microtask when the awaited promise has settled.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function load(room) {
  console.log('load', room);
  await sleep(5);
  console.log('loaded', room);
  return room.toUpperCase();
}

async function main() {
  console.log('one after the other');
  const lobby = await load('lobby');
  const attic = await load('attic');
  console.log(lobby, attic);

  console.log('both at once');
  const rooms = await Promise.all([load('hall'), load('cellar')]);
  console.log(rooms.join(' '));
}

main().then(function done() { console.log('done'); });
console.log('end of script');
