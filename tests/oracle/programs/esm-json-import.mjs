import data from './modules/data.json' with { type: 'json' };
console.log(data, data.nested.deep);
const again = await import('./modules/data.json', { with: { type: 'json' } });
console.log(again.default === data, Object.keys(again));
await import('./modules/data.json').catch((error) => console.log(error.code));
process.removeAllListeners('warning');
