// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// v8.serialize and deserialize: the bytes that V8 writes, and values out of them; serializers of one's own.
'use strict';
const v8 = require('v8');

const self = { name: 'me' };
self.self = self;
const values = [
  undefined, null, true, 1, -1, 1.5, -0, 2 ** 31, 1073741823, 1073741824, 'abc', 'ä', '€uro', [1, 2, , 3], [], { a: 1, 2: 'x' }, new Date(5), /a[b]/giu, new Map([[1, { a: 2 }]]),
  new Set(['x', 'y']), Buffer.from('bytes'), new Uint16Array([1, 2]), new Float64Array([1.5]), new ArrayBuffer(3), 10n, -300n, 2n ** 70n, -(2n ** 64n), 0n, Object(1), Object('s'),
  Object(true), Object(5n), [new String('x')], self, [self, self], Object.assign([1, 2], { extra: true }), new Array(5),
];
for (const value of values) {
  const bytes = v8.serialize(value);
  console.log(bytes.toString('hex'), v8.deserialize(bytes));
}
const error = v8.deserialize(v8.serialize(Object.assign(new RangeError('wrong'), { code: 5 })));
console.log(error instanceof RangeError, error.message, error.code, error.stack.split('\n')[0]);

class Own extends v8.Serializer {
  _writeHostObject(object) {
    this.writeUint32(300);
    this.writeUint64(1, 2);
    this.writeDouble(1.5);
    this.writeRawBytes(Buffer.from('raw'));
  }
}
const serializer = new Own();
serializer._setTreatArrayBufferViewsAsHostObjects(true);
serializer.writeHeader();
serializer.writeValue({ view: new Uint8Array(1) });
const bytes = serializer.releaseBuffer();
console.log(bytes);
class Other extends v8.Deserializer {
  _readHostObject() {
    return [this.readUint32(), this.readUint64(), this.readDouble(), this.readRawBytes(3).toString()];
  }
}
const deserializer = new Other(bytes);
console.log(deserializer.readHeader(), deserializer.getWireFormatVersion(), deserializer.readValue());

for (const call of [
  () => v8.serialize(() => {}), () => v8.serialize(Symbol('x')), () => v8.serialize({ method() {} }), () => v8.serialize(new WeakMap()), () => v8.deserialize(Buffer.from('ff')),
  () => v8.deserialize(Buffer.from('ff0f6f', 'hex')), () => v8.deserialize('text'), () => new v8.Serializer().writeRawBytes('text'), () => v8.Serializer(),
]) {
  try {
    console.log(call());
  } catch (problem) {
    console.log(problem.name, problem.code, problem.message);
  }
}
console.log(Object.keys(v8).join(), Object.keys(v8.getHeapStatistics()).join());
console.log(Error.name, v8.Serializer.prototype._getDataCloneError === Error);
