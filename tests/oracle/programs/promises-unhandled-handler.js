process.on('unhandledRejection', (reason, promise) => {
  console.log('unhandled', reason.message, promise === rejected);
  setTimeout(() => promise.catch(() => console.log('handled at last')), 5);
});
process.on('rejectionHandled', (promise) => console.log('rejectionHandled', promise === rejected));
const rejected = Promise.reject(new Error('lost'));
setTimeout(() => console.log('goes on'), 200);
