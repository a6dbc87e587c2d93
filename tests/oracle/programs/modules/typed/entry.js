import legacy from './legacy.cjs';
export const kind = typeof require === 'undefined' ? 'module' : 'script';
export { legacy };
