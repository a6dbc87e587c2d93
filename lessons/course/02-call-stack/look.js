// Looking again and again
let boiling = false;

setTimeout(function kettle() {
  boiling = true;
  console.log('the kettle boils');
}, 10);

let looks = 0;

function look() {
  looks += 1;
  if (boiling) console.log('tea');
  else if (looks < 20) setTimeout(look, 4);
  else console.log('no tea');
}

look();
