console.log(require('./modules/folder'), '|', require('./modules/folder/'), '|', require('./modules/with-main'));
console.log(require('./modules/data').name, require('./modules/data.json').list);
console.log(require('fs') === require('node:fs'), require('path').posix === require('path'));
for (const request of ['./modules/none', './modules/none.js', 'no-such-package', 'node:nothing', '/no/such/file', './modules/folder/none'])
  try { require(request); } catch (error) { console.log(error.code, '|', error.message.split('\n')[0].replace(__dirname, '.')); }
for (const request of [undefined, '', 5])
  try { require(request); } catch (error) { console.log(error.name, error.code, error.message); }
console.log(require.resolve('./modules/folder').endsWith('/folder/index.js'), require.resolve('fs'), require.resolve.paths('x').length > 0, require.resolve.paths('fs'));
