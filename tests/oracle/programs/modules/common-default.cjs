module.exports = function defaultFunction() { return 'default'; };
module.exports.extra = 'extra';
