for (let i = 0; i < 2; ++i)
  try { require('./modules/throws'); } catch (error) { console.log(error.message, Object.keys(require.cache).length); }
try { require('./modules/bad.json'); } catch (error) { console.log(error.name, error.message.includes('bad.json')); }
try { require('./modules/bad-syntax.js'); } catch (error) { console.log(error.name + ': ' + error.message); }
