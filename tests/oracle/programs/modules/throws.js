exports.before = true;
throw new Error('while loading');
