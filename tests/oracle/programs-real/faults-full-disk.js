// A device without room.
const fs = require('fs');
const { pipeline } = require('stream');

const told = (what, error) => console.log(what, error ? `${error.code} ${error.errno} ${error.syscall} ${error.message}` : 'works');
try {
  fs.writeFileSync('/dev/full', 'text');
} catch (error) {
  told('writeFileSync', error);
}
fs.writeFile('/dev/full', 'text', (error) => {
  told('writeFile', error);
  fs.promises.appendFile('/dev/full', 'text').catch((refused) => {
    told('appendFile', refused);
    const stream = fs.createWriteStream('/dev/full');
    stream.on('error', (failed) => {
      told('stream', failed);
      console.log(stream.bytesWritten, stream.destroyed, stream.writableFinished);
    });
    stream.on('close', () => {
      pipeline(fs.createReadStream(__filename), fs.createWriteStream('/dev/full'), (ended) => {
        told('pipeline', ended);
      });
    });
    stream.write('one');
    stream.end('two');
  });
});
