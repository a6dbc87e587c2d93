'use strict';
// Transfer lists: what moves leaves its place empty; what cannot move is refused before anything moved.
const { MessageChannel, MessagePort, markAsUntransferable, receiveMessageOnPort } = require('node:worker_threads');

function show(what, work) {
  try {
    console.log(what, work());
  } catch (error) {
    console.log(what, error.name, error.code, error.message);
  }
}
const ports = () => new MessageChannel();

show('moved', () => {
  const buffer = new Uint8Array([1, 2, 3]).buffer;
  const copy = structuredClone({ buffer }, { transfer: [buffer] });
  return [buffer.byteLength, new Uint8Array(copy.buffer).join()];
});
show('views of it', () => {
  const view = new Uint16Array(4);
  const moved = structuredClone(view, { transfer: [view.buffer] });
  return [view.length, view.byteLength, view.byteOffset, moved.length];
});
show('moved twice', () => {
  const buffer = new ArrayBuffer(4);
  structuredClone(buffer, { transfer: [buffer] });
  return structuredClone(buffer);
});
show('listed twice', () => { const buffer = new ArrayBuffer(4); structuredClone(buffer, { transfer: [buffer, buffer] }); });
show('not movable', () => structuredClone(1, { transfer: [{}] }));
show('no list', () => structuredClone(1, { transfer: 1 }));
show('no options', () => structuredClone(1, 3));
show('port without list', () => structuredClone(ports().port1));
show('port', () => {
  const { port1, port2 } = ports();
  port2.postMessage('before');
  const moved = structuredClone(port1, { transfer: [port1] });
  port2.postMessage('after');
  return [moved instanceof MessagePort, moved === port1, receiveMessageOnPort(moved), receiveMessageOnPort(moved)];
});
show('port listed twice', () => { const { port1 } = ports(); structuredClone(port1, { transfer: [port1, port1] }); });
show('its own port', () => { const { port1 } = ports(); port1.postMessage(1, [port1]); });
show('closed port', () => {
  const { port1 } = ports();
  const buffer = new ArrayBuffer(4);
  port1.close();
  try {
    ports().port1.postMessage(1, [buffer, port1]);
  } finally {
    console.log('still there', buffer.byteLength);
  }
});
show('untransferable', () => {
  const buffer = new ArrayBuffer(4);
  markAsUntransferable(buffer);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer.byteLength;
});
show('no message', () => ports().port1.postMessage());
show('no port', () => receiveMessageOnPort({}));
show('new port', () => new MessagePort());
show('source', () => new MessageEvent('message', { source: {} }));
show('ports', () => new MessageEvent('message', { ports: [1] }));
show('event', () => { const { data, origin, ports: list } = new MessageEvent('message', { origin: 1 }); return [data, origin, list]; });
const channel = new BroadcastChannel('a name');
console.log(channel);
channel.close();
console.log(channel);
show('closed channel', () => channel.postMessage(1));
const { port1, port2 } = ports();
port2.on('message', (message) => {
  console.log('got', message);
  port2.close(() => console.log('closed'));
});
port1.postMessage({ list: [1] });
