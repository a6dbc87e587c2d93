// fork: messages both ways, and the end of the channel.
const { fork } = require('child_process');
if (process.send) {
  process.on('message', (message) => {
    process.send({ echo: message, arguments: process.argv.slice(2) });
  });
  process.on('disconnect', () => process.exit(process.connected ? 1 : 5));
} else {
  console.log(process.connected, process.send);
  const child = fork(__filename, ['one', 'two']);
  console.log(child.connected, child.send([1, { a: 'ä\n' }]));
  child.on('message', (message) => {
    console.log(JSON.stringify(message));
    child.disconnect();
    console.log(child.connected);
    child.send('late', (error) => console.log(error.code, error.message));
  });
  child.on('disconnect', () => console.log('disconnected'));
  child.on('exit', (...how) => console.log('exit', ...how));
}
