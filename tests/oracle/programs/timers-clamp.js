// Durations below 1, above 2^31-1, NaN, strings and missing ones.
const show = (t) => console.log(t._idleTimeout);
for (const duration of [0, -5, 0.5, 1, 1.9, '7', 'abc', NaN, Infinity, -Infinity, 2 ** 31, 2 ** 31 - 1, undefined, null, true, {}])
  { const t = setTimeout(() => {}, duration); show(t); clearTimeout(t); }
