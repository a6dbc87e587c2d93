// Immediates that were set while one of them threw: in the same check phase if that was the last of its round, else in the next.
'use strict';
process.on('uncaughtException', (error) => console.log('caught', error.message));
const busy = () => { const start = Date.now(); while (Date.now() - start < 5); };
setTimeout(() => {
  setImmediate(() => {
    setImmediate(() => console.log('set before the last one threw'));
    setTimeout(() => console.log('timer'), 0);
    busy();
    throw new Error('last');
  });
}, 5);
setTimeout(() => {
  setImmediate(() => {
    setImmediate(() => console.log('set before the first one threw'));
    setTimeout(() => console.log('timer'), 0);
    busy();
    throw new Error('first');
  });
  setImmediate(() => console.log('behind it'));
}, 60);
