import { a } from './modules/graph-a.mjs';
import { c } from './modules/graph-c.mjs';
console.log('main', a, c);
const dynamic = import('./modules/graph-d.mjs'); console.log('after import()'); const { d } = await dynamic; console.log(d);
setTimeout(() => import('./modules/graph-d.mjs').then((m) => console.log('again', m.d)), 5);
