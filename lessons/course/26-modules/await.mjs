import './slow.mjs';
import './quick.mjs';
console.log('main');
