const path = require('path');
console.log(module.id, path.basename(module.filename), module.loaded, module.parent, module.children.length);
console.log(require.main === module, path.basename(__filename), path.basename(__dirname), this === module.exports, exports === module.exports);
console.log(module.paths.length > 0, module.paths[0].endsWith('/programs/node_modules'), typeof module.require, arguments.length);
require('./modules/folder');
console.log(module.children.length, path.basename(module.children[0].id), module.children[0].parent === module);
console.log(module.constructor.name, require('module') === module.constructor, typeof require.extensions['.js']);
console.log(require('module').builtinModules.includes('fs'), require('module').isBuiltin('node:fs'), require('module').isBuiltin('nope'));
setImmediate(() => console.log(module.loaded));
