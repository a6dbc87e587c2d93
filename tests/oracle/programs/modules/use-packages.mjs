import plain, { name } from 'plain';
import { kind, internal } from '@scope/pkg';
import text, { meta } from 'module-type';
export { kind as typedKind, legacy } from './typed/entry.js';
console.log(plain.name === name, kind, internal, text, meta);
await import('@scope/pkg/src/feature.js').catch((error) => console.log(error.code));
await import('not-installed').catch((error) => console.log(error.code));
await import('./folder').catch((error) => console.log(error.code));
