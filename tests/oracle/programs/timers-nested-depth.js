let depth = 0;
const order = [];
(function nest() {
  order.push(depth);
  if (++depth < 10) setTimeout(nest, 1);
  else console.log(order.join(' '));
})();
