// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
function run(kind) {
  try {
    if (kind === 'throw') throw { custom: true };
    if (kind === 'return') return 'returned';
    if (kind === 'string') throw 'just text';
    return 'normal';
  } catch (thrown) {
    return `caught ${typeof thrown} ${JSON.stringify(thrown)}`;
  } finally {
    console.log('finally', kind);
  }
}
console.log(run('throw'), run('return'), run('string'), run());
const nested = () => { try { try { throw new Error('inner'); } finally { throw new Error('outer'); } } catch (error) { return error.message; } };
console.log(nested(), (() => { try { return 1; } finally { return 2; } })());
try { try { throw new Error('first'); } catch (error) { throw new Error('second', { cause: error }); } } catch (error) { console.log(error.message, error.cause.message); }
outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j === 1) continue outer; if (i === 2) break outer; console.log(i, j); } }
const errors = [];
for (const thrown of [null, undefined, 0, '', NaN]) { try { throw thrown; } catch (caught) { errors.push(caught); } }
console.log(errors);
