// A sum in a hundred pieces, politely
let sum = 0;
let next = 1;

function addPiece() {
  const end = next + 5000;
  for (; next < end; next += 1) sum += next;
  if (next <= 500000) setTimeout(addPiece, 0);
  else console.log('sum:', sum);
}

setTimeout(function guest() {
  console.log('a guest was served');
}, 5);

addPiece();
