exports.named = 'named export';
exports.fn = () => 'called';
exports.__proto__hidden = 1;
console.log('common evaluated', typeof require, typeof module, this === exports);
