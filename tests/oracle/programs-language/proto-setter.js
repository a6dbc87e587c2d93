const o = {}; const k='__proto__';
try { o[k] = 'p'; console.log(Object.keys(o), o); } catch (e) { console.log(e); }
try { o.__proto__ = 5; console.log(Object.keys(o), o); } catch (e) { console.log(e); }

const qs=require('querystring'); 
try {console.log(qs.parse('__proto__=x&a=1'));} catch (e) { console.log(e); }
try {console.log(JSON.parse('{"__proto__":"x"}'));} catch (e) { console.log(e); }
try {console.log(Object.assign({},JSON.parse('{"__proto__":"x"}')));} catch (e) { console.log(e); }
try { Object.prototype.__lookupSetter__('__proto__').call(5, 7) ; console.log('ok')} catch (e) { console.log(e); }
try { Object.prototype.__lookupSetter__('__proto__').call(undefined, 7) ; console.log('ok')} catch (e) { console.log(e.message); }
const f=Object.freeze({}); try { f.__proto__ = {}; console.log('ok')} catch (e) { console.log(e.message); }
try { f.__proto__ = Object.prototype; console.log('ok')} catch (e) { console.log(e.message); }
try { const c={}; const d=Object.create(c); c.__proto__ = d; console.log('ok')} catch (e) { console.log(e.message); }
