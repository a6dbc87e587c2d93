let count = 0;
const interval = setInterval(() => {
  console.log('tick', ++count);
  if (count === 4) { clearInterval(interval); console.log('cleared inside'); }
}, 5);
let other = 0;
const second = setInterval(function () { console.log('this is timer', this === second); if (++other === 2) clearInterval(this); }, 100);
