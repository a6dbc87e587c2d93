const path = require('path');
console.log(path.join('/a', '..', 'b', './c', 'd/../e'), path.join(''), path.join('a', '', 'b'), path.resolve('/x', 'y', '../z'), path.resolve('/x', '/y'), path.normalize('/a//b/./c/..'), path.normalize('./a/'), path.isAbsolute('/a'), path.isAbsolute('a'));
console.log(path.basename('/a/b.txt'), path.basename('/a/b.txt', '.txt'), path.basename('/a/'), path.dirname('/a/b/c'), path.dirname('a'), path.extname('x.tar.gz'), path.extname('.bashrc'), path.extname('x.'), path.sep, path.delimiter);
console.log(path.relative('/a/b/c', '/a/d'), path.relative('/a', '/a'), path.parse('/home/u/file.txt'), path.format({ dir: '/d', base: 'b.x' }), path.format({ root: '/', name: 'n', ext: '.e' }));
console.log(path.win32.join('a', '..', 'b\\c'), path.win32.basename('C:\\x\\y.txt'), path.win32.parse('C:\\p\\f.e').root, path.posix.sep, path.win32.sep, path.toNamespacedPath('/x')); try { path.join(5); } catch (e) { console.log(e.code, e.message); }
