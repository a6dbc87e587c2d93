const fs = require('fs'), os = require('os'), path = require('path');
const dir = path.join(os.tmpdir(), `loopscope-oracle-cb-${process.pid}`), file = path.join(dir, 'a.txt');
const clean = (e) => e && e.message.replaceAll(dir, 'DIR');
fs.mkdir(dir, (e) => { console.log('mkdir', e); fs.writeFile(file, 'hello\n', (e2) => { console.log('write', e2); fs.appendFile(file, 'world\n', () => fs.readFile(file, 'utf8', (e3, text) => { console.log(JSON.stringify(text));
  fs.stat(file, (e4, s) => { console.log(s.isFile(), s.isDirectory(), s.size, s.mtime instanceof Date); fs.readdir(dir, (e5, names) => { console.log(names); fs.access(path.join(dir, 'none'), (e6) => { console.log(e6.code, e6.syscall, e6.errno, clean(e6));
    fs.exists(file, (yes) => { console.log(yes); fs.readFile(path.join(dir, 'missing'), (e7, data) => { console.log(e7.code, data, clean(e7)); fs.mkdir(dir, (e8) => { console.log(e8.code); fs.unlink(file, () => fs.unlink(file, (e9) => { console.log(e9.code); fs.rm(dir, { recursive: true }, (e10) => { console.log(e10, fs.existsSync(dir)); }); })); }); }); }); }); }); }); })); }); });
console.log('main'); try { fs.readFile(file); } catch (e) { console.log(e.code); } try { fs.readFile(5.5, () => {}); } catch (e) { console.log(e.code); }
