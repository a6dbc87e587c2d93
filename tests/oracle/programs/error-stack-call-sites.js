// Error.captureStackTrace, stackTraceLimit, and what Error.prepareStackTrace gets.
'use strict';
const own = (stack) => String(stack).split('\n').filter((l) => l.includes(__filename)).map((l) => l.trim().replace(__filename, 'FILE').replace(/:\d+\)?$/, ''));
function outermost() { return middle(); }
function middle() { return innermost(); }
function innermost() {
  const target = {};
  Error.captureStackTrace(target, middle);
  console.log(own(target.stack));
  Error.captureStackTrace(target, function notRunning() {});
  console.log(target.stack);
  Error.stackTraceLimit = 1;
  const short = new Error('short');
  Error.stackTraceLimit = 0;
  const none = new Error('none');
  Error.stackTraceLimit = 10;
  console.log(own(short.stack), none.stack);
  delete Error.stackTraceLimit;
  console.log(new Error('no limit').stack);
  Error.stackTraceLimit = 10;
}
outermost();

class Base { method() { return sites(); } static make() { return new this(); } }
class Derived extends Base { constructor() { super(); this.seen = sites(); } get value() { return sites(); } }
function sites() {
  const previous = Error.prepareStackTrace;
  Error.prepareStackTrace = (_, list) => list;
  const { stack } = new Error();
  Error.prepareStackTrace = previous;
  return stack.slice(1, 2).map((s) => [s.getFunctionName(), s.getTypeName(), s.getMethodName(), s.getLineNumber(), s.getFileName() === __filename,
    s.isConstructor(), s.isToplevel(), s.isNative(), s.isEval(), s.isAsync(), s.getThis(), s.getFunction(), s.getEvalOrigin()]);
}
console.log(new Derived().method(), Derived.make().seen, new Derived().value);
const holder = { renamed: function original() { return sites(); }, arrow: () => sites() };
console.log(holder.renamed(), holder.arrow(), sites());
class Custom extends Error { constructor(message) { super(message); this.name = 'Custom'; } }
class More extends Custom {}
function thrower() { throw new More('custom'); }
try { thrower(); } catch (e) { console.log(own(e.stack)); }
// Functions of strict code whose last act is a call stay on the stack.
const last = { a: () => last.b(), b(x) { return x ? 1 : this.c(); }, c() { return (0, own(new Error('tail').stack)); } };
console.log(last.a());
