// Requests queue up: next, return and throw made at once are answered in order.
async function* g() {
  try { console.log('start', yield 1); console.log('then', yield 2); yield 3; }
  catch (e) { console.log('caught', e); yield 'recovered'; }
  finally { console.log('finally'); }
}
const it = g();
const log = (name) => [(v) => console.log(name, JSON.stringify(v)), (e) => console.log(name, 'rejected', e)];
it.next('a').then(...log('1'));
it.next('b').then(...log('2'));
it.throw('boom').then(...log('3'));
it.next().then(...log('4'));
it.return('r').then(...log('5'));
it.throw('after').then(...log('6'));
it.next().then(...log('7'));
Promise.resolve().then(() => console.log('job 1')).then(() => console.log('job 2')).then(() => console.log('job 3'));
