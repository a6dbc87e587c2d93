// What of https needs no TLS: names of agents, subclasses, connections that a program brings itself.
const https = require('https');
console.log(Object.keys(https), new https.Agent({ keepAlive: true }).getName({ host: 'a', port: 1, ca: 'x', rejectUnauthorized: false, servername: 'b', sigalgs: 'z' }));
class A extends https.Agent { constructor(o) { super(o); this.x = 1; } }
console.log(new A({ maxSockets: 2 }).maxSockets, new A().protocol, https.globalAgent.defaultPort, https.Agent({}) instanceof https.Agent);
const { duplexPair } = require('stream');
const [a, b] = duplexPair(); b.on('data', (d) => console.log(JSON.stringify(String(d))));
https.get({ createConnection: () => a, host: 'x', path: '/y' }).on('error', () => {});
try { https.request('http://a.b/'); } catch (e) { console.log(e.message); }
