// Headers, Request, Response and fetch without a network.
const two = new Headers({ foo: '1', bar: '2' });
console.log([...two]);
const h = new Headers({ a: 'b', 'Content-Type': 'text/plain' }); h.append('set-cookie', 'x=1'); h.append('set-cookie', 'y=2'); h.append('A', 'c');
console.log([...h], h.getSetCookie(), h.get('a'));
const r = new Response('hello', { status: 201, headers: { x: 'y' } });
console.log(r.status, r.ok, r.headers.get('content-type'), r.type, r.url);
r.text().then((t) => console.log(t, r.bodyUsed));
Response.json({ a: 1 }).json().then(console.log);
new Response(new Uint8Array([1,2,3])).arrayBuffer().then(console.log);
new Response('abc').blob().then((b) => console.log(b.size, b.type));
const f = new FormData(); f.append('a', 'b'); f.append('file', new Blob(['xyz'], { type: 'text/x' }), 'n.txt');
console.log([...f].map(([k, v]) => [k, typeof v === 'string' ? v : [v.name, v.size, v.type]]));
const q = new Request('http://a.b/c?d', { method: 'POST', body: 'x' }); console.log(q.method, q.url, q.headers.get('content-type'));
q.clone().text().then(console.log);
console.log(q, r, h);
try { new Headers([['a']]); } catch (e) { console.log(e.message); }
try { new Request('x'); } catch (e) { console.log(e.message, e.cause && e.cause.code); }
fetch('data:text/plain,hi').then((x) => x.text()).then(console.log);
fetch('blob:x').catch((e) => console.log(e.message, e.cause.message));
