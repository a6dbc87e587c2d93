// The message of a failed assert shows the call's source: the right one of several on a line, over several lines, with calls inside.
const assert = require('assert');
const { ok, strict } = assert;
const geprüft = assert;
const attempt = (run) => { try { run(); } catch (error) { console.log(error.message); } };

attempt(() => { assert(1 === 2); }); attempt(() => { const five = 5; ok(five > 5, undefined); });
attempt(() => assert.ok(((given) => given)(0)));
attempt(() => {
  assert(
    [1].includes(2),
  );
});
function isLarge(number) { const limit = 3; return number > limit; }
attempt(() => { if (true) { assert(isLarge(2)); } });
attempt(() => strict(isLarge(1) || isLarge(2)));
attempt(() => geprüft.ok(''));
attempt(() => assert(null, undefined));
console.log(assert.ok === assert, assert.name, strict.name, assert.strict.strict === strict);
