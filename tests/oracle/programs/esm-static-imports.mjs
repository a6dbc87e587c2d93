import Counter, { count, increment, late } from './modules/counter.mjs';
import * as everything from './modules/reexport.mjs';
console.log(count); increment(); increment();
console.log(count, new Counter().name, late());
console.log(Object.keys(everything), everything.count, everything.all.count, everything.own, everything.default === Counter);
try { everything.count = 5; } catch (error) { console.log(error.name + ': ' + error.message); }
try { count = 5; } catch (error) { console.log(error.name + ': ' + error.message); }
console.log(everything[Symbol.toStringTag], Object.isSealed(everything), typeof this, typeof require, typeof __filename);
