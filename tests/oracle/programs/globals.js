console.log(globalThis === global, typeof globalThis.setTimeout, Object.prototype.toString.call(globalThis), typeof window, typeof self);
console.log(atob('aGk='), btoa('hi'), new TextDecoder().decode(new TextEncoder().encode('é😀'))); try { atob('*'); } catch (e) { console.log(e.name, e.code); } try { btoa('😀'); } catch (e) { console.log(e.name); }
for (const name of ['Buffer', 'URL', 'URLSearchParams', 'AbortController', 'EventTarget', 'Event', 'queueMicrotask', 'structuredClone', 'performance', 'TextEncoder', 'WeakRef', 'FinalizationRegistry', 'DOMException', 'CustomEvent']) process.stdout.write(`${name}:${typeof globalThis[name]} `);
console.log(); var v = 1; console.log(globalThis.v, this === globalThis); (function () { console.log(this === globalThis); })(); undeclared = 5; console.log(globalThis.undeclared, delete globalThis.undeclared);
console.log(Object.getOwnPropertyDescriptor(globalThis, 'setTimeout').enumerable, Object.keys(globalThis)); const e = new DOMException('m', 'AbortError'); console.log(e.name, e.code, e instanceof Error);
console.log(eval('1 + 1'), new Function('a', 'b', 'return a + b')(1, 2), (0, eval)('typeof module'), typeof __filename);
