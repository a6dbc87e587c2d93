class Account {
  static open(n) { return new Account(n); }
  constructor(n) { if (n < 0) throw new RangeError(`negative: ${n}`); }
}
const helper = { run(n) { return Account.open(n); } };
const arrow = (n) => helper.run(n);
function main() { arrow(-1); }
main();
