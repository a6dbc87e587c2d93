export * from './counter.mjs';
export { default } from './counter.mjs';
export * as all from './counter.mjs';
export { increment as plus } from './counter.mjs';
export const own = 'own';
