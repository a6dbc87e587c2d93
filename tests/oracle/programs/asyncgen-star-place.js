// The star of an async generator stands anywhere between its neighbours, also with nothing else there.
async function*tight() { yield 1; }
async function *left() { yield 2; }
async function* right() { yield 3; }
async function/* a comment */*/* another */commented() { yield 4; }
const object = { async*method() { yield 5; }, async *'quoted name'() { yield 6; }, async*[`computed${1}`]() { yield 7; } };
class Class { static async*fixed() { yield 8; } async*own() { yield 9; } async*#hidden() { yield 10; } get hidden() { return this.#hidden; } }
const expressions = [async function*() { yield 11; }, async function*named() { yield 12; }];

(async () => {
  const all = [tight, left, right, commented, ...Object.values(object), Class.fixed, new Class().own, new Class().hidden, ...expressions];
  for (const generator of all) for await (const value of generator()) console.log(value, generator.name);
})();
