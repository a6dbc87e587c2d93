const first = require('./modules/counted');
console.log(first === require('./modules/counted.js'), first.loads);
const id = require.resolve('./modules/counted');
console.log(id in require.cache, require.cache[id].exports === first, require.cache[id].loaded);
delete require.cache[id];
console.log(require('./modules/counted').loads, require('./modules/counted') === first);
require.cache[id].exports = 'replaced';
console.log(require('./modules/counted'));
