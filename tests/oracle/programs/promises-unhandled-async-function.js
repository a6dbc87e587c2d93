async function fails() {
  await null;
  throw new TypeError('from async');
}
fails();
setImmediate(() => console.log('never'));
