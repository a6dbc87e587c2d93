// Elements with attributes of their own, and what is added beside them.
const show = (object) => `${Object.keys(object)} ${JSON.stringify(object)}`;
for (const count of [1, 5, 40]) {
  const object = {};
  Object.defineProperty(object, '0', { value: 'hidden', enumerable: false });
  for (let i = 1; i <= count; i++) object[i] = i;
  console.log(show(object));
}
const list = [1, 2, 3];
Object.defineProperty(list, '1', { writable: false });
list[3] = 4;
list.push(5);
list[7] = 8;
list[1] = 'not written';
console.log(show(list), list.length, Object.getOwnPropertyDescriptor(list, 7));

const withGetter = [1, 2, 3];
Object.defineProperty(withGetter, '1', { get() { return 'got'; }, configurable: true });
withGetter[3] = 4;
Object.freeze(withGetter);
withGetter[0] = 'not written';
console.log(Object.isFrozen(withGetter), show(withGetter), Object.getOwnPropertyDescriptor(withGetter, 3));
const sealed = { 0: 1, 1: 2 };
Object.defineProperty(sealed, '0', { enumerable: false });
sealed[5] = 6;
Object.seal(sealed);
sealed[1] = 'written';
delete sealed[5];
console.log(Object.isSealed(sealed), Object.isFrozen(sealed), show(sealed));
for (const change of [(array) => array.sort(), (array) => array.push(1), (array) => array.toSorted()]) {
  try {
    console.log(change(Object.freeze([3, 1, 2])));
  } catch (error) {
    console.log(`${error}`);
  }
}
