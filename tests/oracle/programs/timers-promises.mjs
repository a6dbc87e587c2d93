import { setTimeout as sleep, setImmediate as immediate, setInterval as every, scheduler } from 'node:timers/promises';
console.log(await sleep(10, 'value'), await immediate('now'), await sleep());
let n = 0;
for await (const value of every(5, 'tick')) { console.log(value, ++n); if (n === 3) break; }
await scheduler.wait(5);
await scheduler.yield();
const controller = new AbortController();
setTimeout(() => controller.abort(), 5);
try { await sleep(1000, null, { signal: controller.signal }); } catch (error) { console.log(error.name, error.code, error.message); }
try { await sleep(1, null, { signal: AbortSignal.abort('why') }); } catch (error) { console.log(error.name, error.cause); }
const gone = new AbortController();
setTimeout(() => gone.abort(new Error('stop')), 12);
try { for await (const _ of every(5, 0, { signal: gone.signal })) console.log('round'); } catch (error) { console.log(error.name, error.cause?.message); }
