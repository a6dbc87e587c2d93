for (const set of [setTimeout, setInterval, setImmediate, queueMicrotask, process.nextTick])
  for (const value of [undefined, null, 'code', 5, {}])
    try { set(value, 1); console.log('no error'); } catch (error) { console.log(error.name, error.code, error.message); }
