function inner() { throw new RangeError('the cause'); }
function outer() {
  try { inner(); } catch (cause) { throw new Error('the effect', { cause }); }
}
outer();
