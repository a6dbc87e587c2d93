/// Keeps what load(key, done) gives: a function get(key, callback) that loads each key once.
module.exports = function kept(load) {
  const values = new Map();

  return function get(key, callback) {
    if (values.has(key)) {
      callback(values.get(key));
      return;
    }
    load(key, function loaded(value) {
      values.set(key, value);
      callback(value);
    });
  };
};
