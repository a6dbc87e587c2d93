async function f(kind) {
  try {
    console.log(kind, 'try');
    if (kind === 'throw') throw new Error('oops');
    if (kind === 'return') return 'returned';
    await null;
    console.log(kind, 'after await');
  } catch (error) {
    console.log(kind, 'catch', error.message);
    await null;
    return 'caught';
  } finally {
    console.log(kind, 'finally');
    await null;
    console.log(kind, 'finally end');
  }
  return 'end';
}
(async () => { for (const kind of ['throw', 'return', 'plain']) console.log(kind, '->', await f(kind)); })();
