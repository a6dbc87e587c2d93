// What typed arrays are made of.
function* numbers() {
  yield 1;
  yield 2.5;
  yield 3;
}
console.log(Float64Array.from(numbers()), new Float64Array(numbers()), new Uint8Array(new Set([1, 300])), Int16Array.from(new Map([[1, 2]]).values()));
console.log(Float64Array.from(numbers(), (value, index) => value * index), Uint8Array.from('123'), Float32Array.from({ length: 2, 0: 1 }),
            new Int8Array({ length: 2, 1: -1 }), Uint8Array.of(1, 2), new Uint8ClampedArray([300, -1, 1.5]));
const log = [];
const iterable = {
  [Symbol.iterator]() {
    log.push('iterator');
    return { get next() { log.push('next'); return () => (log.push('step'), { done: log.length > 5, value: log.length }); } };
  },
};
console.log(new Int32Array(iterable), log.join());
class Sub extends Uint8Array {}
console.log(Sub.from(numbers()), new Sub(numbers()).constructor.name);

const shared = new SharedArrayBuffer(8);
const view = new Uint16Array(shared, 2, 2);
view[0] = 258;
console.log(view, view.buffer === shared, new Uint8Array(shared), view.byteOffset, view.subarray(1).buffer === shared, shared);
for (const wrong of [() => Uint8Array.from(null), () => Uint8Array.from([], 1), () => Uint8Array.from.call({}, []), () => new Uint16Array(shared, 1),
                     () => new Uint8Array({ [Symbol.iterator]: 1 }), () => new Uint8Array({ [Symbol.iterator]() { return 1; } }),
                     () => Uint8Array.from.call(Array, [1])]) {
  try {
    console.log(wrong());
  } catch (error) {
    console.log(error.name);
  }
}
