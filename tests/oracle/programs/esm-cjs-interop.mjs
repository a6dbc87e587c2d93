import common, { named, fn } from './modules/common.cjs';
import defaultFunction, * as space from './modules/common-default.cjs';
import { createRequire } from 'node:module';
console.log(named, fn(), common.named === named);
console.log(defaultFunction(), defaultFunction.extra, space.default === defaultFunction, Object.keys(space).sort());
const require = createRequire(import.meta.url);
console.log(require('./modules/common.cjs') === common, require('./modules/data.json').name);
try { require('./modules/counter.mjs'); } catch (error) { console.log(error.code); }
import fs, { readFileSync } from 'node:fs';
console.log(fs.readFileSync === readFileSync);
