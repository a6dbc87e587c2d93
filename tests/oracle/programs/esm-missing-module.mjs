import './modules/does-not-exist.mjs';
console.log('never');
