'use strict';
// Blobs and keys in messages to other threads, and cloned.
const crypto = require('crypto');
const { Worker, isMainThread, parentPort, workerData, MessageChannel, receiveMessageOnPort } = require('worker_threads');

async function describe({ blob, same, secret, publicKey }) {
  return [blob instanceof Blob, blob.size, blob.type, await blob.text(), same === blob,
    secret.type, secret.symmetricKeySize, secret.export().toString(), publicKey.type, publicKey.asymmetricKeyType,
    publicKey.export({ format: 'pem', type: 'spki' }).split('\n')[0]].join();
}

if (isMainThread) {
  const blob = new Blob(['some ', 'text'], { type: 'text/plain' });
  const secret = crypto.createSecretKey(Buffer.from('0123456789abcdef'));
  const { publicKey } = crypto.generateKeyPairSync('ed25519');
  const sent = { blob, same: blob, secret, publicKey };
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(sent);
  describe(receiveMessageOnPort(port2).message).then((line) => {
    console.log('channel', line);
    console.log(structuredClone(blob) instanceof Blob, structuredClone({ blob }).blob.size);
    const worker = new Worker(__filename, { workerData: sent });
    worker.on('message', async ({ line: answer, blob: back }) => console.log('worker', answer, back instanceof Blob, await back.text()));
  });
} else {
  describe(workerData).then((line) => parentPort.postMessage({ line, blob: workerData.blob.slice(5) }));
}
