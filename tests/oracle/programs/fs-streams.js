const fs = require('fs'), os = require('os'), path = require('path');
const file = path.join(os.tmpdir(), `loopscope-oracle-s-${process.pid}`); const w = fs.createWriteStream(file);
w.write('alpha\n'); w.write('beta\n'); w.end('gamma\n'); w.on('finish', () => { console.log('finish', w.bytesWritten);
  const r = fs.createReadStream(file, { encoding: 'utf8', highWaterMark: 8 }); r.on('data', (c) => console.log('data', JSON.stringify(c))); r.on('close', () => { console.log('close', r.bytesRead);
    const rl = require('readline').createInterface({ input: fs.createReadStream(file) }); rl.on('line', (l) => console.log('line', l)); rl.on('close', () => { fs.unlinkSync(file); fs.createReadStream(file).on('error', (e) => console.log(e.code)); }); }); });
