const c = async () => { await null; throw new Error('deep'); };
const b = async () => { await c(); console.log('never'); };
const a = async () => { try { await b(); } catch (error) { console.log('a caught', error.message); throw new TypeError('rethrown', { cause: error }); } };
a().catch((error) => console.log(error.name, error.message, error.cause.message));
(async () => { const r = await Promise.allSettled([a(), b()]); console.log(r.map((x) => x.reason.name)); })();
