// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
class Account {
  #balance = 0;
  static #count = 0;
  static created() { return Account.#count; }
  constructor(start = 0) { this.#balance = start; Account.#count++; }
  get balance() { return this.#balance; }
  set balance(value) { throw new Error(`no: ${value}`); }
  #check(amount) { return amount <= this.#balance; }
  withdraw(amount) { if (!this.#check(amount)) return false; this.#balance -= amount; return true; }
  static isAccount(value) { return #balance in value; }
  label = `account ${Account.#count}`;
  static { this.ready = 'yes'; }
}
const account = new Account(100);
console.log(account.balance, account.withdraw(30), account.withdraw(300), account.balance, Account.created(), Account.isAccount(account), Account.isAccount({}), account.label, Account.ready, account);
try { account.balance = 5; } catch (error) { console.log(error.message); }
try { Object.create(account).balance; } catch (error) { console.log(error.name); }
const many = Array.from({ length: 2000 }, (_, i) => new Account(i));
console.log(many.reduce((sum, each) => sum + each.balance, 0), Account.created());
class Child extends Account { #own = 1; get own() { return this.#own + this.balance; } }
console.log(new Child(5).own, Object.keys(new Child()), Child.name, new Child() instanceof Account);
