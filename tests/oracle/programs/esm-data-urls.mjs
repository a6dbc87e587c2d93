// Modules in data: URLs: kinds, encodings, what they may import, errors.
const t = async (name, load) => {
  try {
    console.log(name, await load());
  } catch (error) {
    console.log(name, error.name, error.code, error.message);
  }
};
await t('js', async () => (await import('data:text/javascript,export default 1+1; export const name="x y"')).default);
await t('enc', async () => (await import('data:text/javascript,'+encodeURIComponent('export default "ä#?%"; export const u = import.meta.url.slice(0,20);'))));
await t('b64', async () => (await import('data:text/javascript;base64,'+Buffer.from('export default 42').toString('base64'))).default);
await t('charset', async () => (await import('data:text/javascript;charset=utf-8,export default "é"')).default);
await t('same', async () => (await import('data:text/javascript,export default {}')).default===(await import('data:text/javascript,export default {}')).default);
await t('json', async () => (await import('data:application/json,{"a":1}',{with:{type:'json'}})).default);
await t('json no attr', async () => (await import('data:application/json,{"a":1}')).default);
await t('bad json', async () => (await import('data:application/json,{',{with:{type:'json'}})).default);
await t('text', async () => (await import('data:text/plain,abc')).default);
await t('css', async () => (await import('data:text/css,abc')).default);
await t('wrong', async () => (await import('data:nothing')).default);
await t('builtin', async () => (await import('data:text/javascript,import fs from "fs"; export default typeof fs.readFile')).default);
await t('relative', async () => (await import('data:text/javascript,import "./x.js"')).default);
await t('bare', async () => (await import('data:text/javascript,import "lodash"')).default);
await t('abs', async () => (await import('data:text/javascript,import "/x.js"')).default);
await t('nested', async () => (await import('data:text/javascript,import a from "data:text/javascript,export default 3"; export default a')).default);
await t('missing', async () => (await import('data:text/javascript,import {q} from "data:text/javascript,export default 3";')).default);
await t('syntax', async () => (await import('data:text/javascript,a b')).default);
await t('this', async () => (await import('data:text/javascript,export default [typeof this, import.meta.dirname, import.meta.filename, Object.keys(import.meta)]')).default);
await t('resolve', async () => (await import('data:text/javascript,export default import.meta.resolve("fs")')).default);
await t('resolve2', async () => (await import('data:text/javascript,export default import.meta.resolve("./q")')).default);
await t('throws', async () => (await import('data:text/javascript,throw new Error("in")')).default);
await t('tla', async () => (await import('data:text/javascript,export default await Promise.resolve(7)')).default);
await t('upper', async () => (await import('DATA:text/javascript,export default 8')).default);
await t('plus', async () => (await import('data:application/javascript,export default 9')).default);
