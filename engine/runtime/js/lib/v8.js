// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// v8: what programs use of it without needing V8: values as bytes, sizes of the heap.

const binding = require('../core/binding');
const { validateString } = require('../core/validators');
const { Buffer } = require('./buffer');
const { inspect } = require('./internal/inspect');
const { Deserializer } = require('./internal/v8-deserializer');
const { Serializer } = require('./internal/v8-serializer');

function unsupported(name) {
  return { [name]: function () { throw new Error(`not supported by Loopscope: v8.${name}`); } }[name];
}

function getHeapStatistics() {
  const [, total, used, external] = binding.memoryUsage();
  return {
    total_heap_size: total, total_heap_size_executable: 0, total_physical_size: total, total_available_size: 4345298944,
    used_heap_size: used, heap_size_limit: 4345298944, malloced_memory: 0, peak_malloced_memory: 0, does_zap_garbage: 0,
    number_of_native_contexts: 1, number_of_detached_contexts: 0, total_global_handles_size: 0,
    used_global_handles_size: 0, external_memory: external,
  };
}

// Views are written as Node writes them, by these numbers; 10 is Buffer, whose pool stays out of the bytes.
const views = ['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array',
               'DataView', 'FastBuffer', 'BigInt64Array', 'BigUint64Array'];
const bufferNumber = views.indexOf('FastBuffer');

class DefaultSerializer extends Serializer {
  constructor() {
    super();
    this._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(view) {
    const number = view.constructor === Buffer ? bufferNumber : views.indexOf(Object.prototype.toString.call(view).slice(8, -1));
    if (number === -1) throw new this._getDataCloneError(`Unserializable host object: ${inspect(view)}`);
    this.writeUint32(number);
    this.writeUint32(view.byteLength);
    this.writeRawBytes(view);
  }
}

class DefaultDeserializer extends Deserializer {
  constructor(buffer) {
    super(buffer);
  }

  _readHostObject() {
    const number = this.readUint32();
    const size = this.readUint32();
    const start = this._readRawBytes(size);
    const bytes = new Uint8Array(this.buffer.buffer, this.buffer.byteOffset + start, size);
    if (number === bufferNumber) return Buffer.from(bytes.buffer, bytes.byteOffset, size);
    const View = globalThis[views[number]];
    const elementSize = View.BYTES_PER_ELEMENT || 1;
    const aligned = bytes.byteOffset % elementSize === 0 ? bytes : bytes.slice();
    return new View(aligned.buffer, aligned.byteOffset, size / elementSize);
  }
}

function serialize(value) {
  const serializer = new DefaultSerializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

function deserialize(buffer) {
  const deserializer = new DefaultDeserializer(buffer);
  deserializer.readHeader();
  return deserializer.readValue();
}

module.exports = {
  cachedDataVersionTag: () => 0,
  getHeapSnapshot: unsupported('getHeapSnapshot'),
  getHeapStatistics,
  getHeapSpaceStatistics: unsupported('getHeapSpaceStatistics'),
  getHeapCodeStatistics: unsupported('getHeapCodeStatistics'),
  setFlagsFromString(flags) { validateString(flags, 'flags'); },
  Serializer,
  Deserializer,
  DefaultSerializer,
  DefaultDeserializer,
  deserialize,
  takeCoverage() {}, // without NODE_V8_COVERAGE these do nothing in Node either
  stopCoverage() {},
  serialize,
  writeHeapSnapshot: unsupported('writeHeapSnapshot'),
  promiseHooks: { createHook: unsupported('createHook'), onInit: unsupported('onInit'), onBefore: unsupported('onBefore'), onAfter: unsupported('onAfter'),
                  onSettled: unsupported('onSettled') },
  queryObjects: unsupported('queryObjects'),
  startupSnapshot: { addDeserializeCallback: unsupported('addDeserializeCallback'), addSerializeCallback: unsupported('addSerializeCallback'),
                     setDeserializeMainFunction: unsupported('setDeserializeMainFunction'), isBuildingSnapshot: () => false },
  setHeapSnapshotNearHeapLimit: unsupported('setHeapSnapshotNearHeapLimit'),
  GCProfiler: unsupported('GCProfiler'),
};
