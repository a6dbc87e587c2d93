// A guest who cannot interrupt
function laySpoon(seat) {
  console.log('spoon for seat', seat);
}

function layTable(seats) {
  setTimeout(function guest() { console.log('a guest walks in'); }, 0);
  for (let seat = 1; seat <= seats; seat += 1) laySpoon(seat);
  console.log('the table is laid');
}

layTable(3);
console.log('end of the script');
