const wait = (ms, value, fail) => new Promise((resolve, reject) => setTimeout(fail ? reject : resolve, ms, value));
(async () => {
  console.log(await Promise.all([wait(20, 'a'), wait(5, 'b'), 'c']));
  console.log(await Promise.race([wait(20, 'slow'), wait(5, 'fast')]));
  console.log(await Promise.any([wait(5, 'x', true), wait(20, 'y')]));
  console.log(await Promise.allSettled([wait(5, 'ok'), wait(5, new Error('bad'), true), 7]).then((l) => l.map((r) => r.status)));
  try { await Promise.all([wait(10, 'z'), wait(5, new Error('first rejection'), true)]); } catch (e) { console.log(e.message); }
  try { await Promise.any([wait(5, 'e1', true), wait(2, 'e2', true)]); } catch (e) { console.log(e.constructor.name, e.message, e.errors); }
  try { await Promise.any([]); } catch (e) { console.log(e.name, e.message, e.errors.length); }
  try { await Promise.all(5); } catch (e) { console.log(e.name, e.message); }
  console.log(await Promise.all('abc'), await Promise.all(new Set([1, 1, 2])));
  console.log(await Promise.race([wait(2, 'timer')]), await Promise.allSettled([]));
})();
