import './slow.mjs';
import './slower.mjs';
console.log('main');
