// What the functions of promises say of what they cannot take.
const tell = (error) => console.log(error.name, error.message);
class Other {}
for (const receiver of [new Other(), [], new Map(), () => {}, 1, 's', null, undefined, Symbol('q'), new Proxy(Promise.resolve(), {})]) {
  try {
    Promise.prototype.then.call(receiver);
  } catch (error) {
    tell(error);
  }
}
for (const list of [{}, new Other(), () => {}, Symbol('x'), 5, true, null, undefined]) {
  Promise.all(list).catch(tell);
  Promise.race(list).catch(tell);
}
Promise.any([]).catch((error) => console.log(error.name, error.message, error.errors));
