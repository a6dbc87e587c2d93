import { fileURLToPath } from 'node:url';
import path from 'node:path';
console.log(path.basename(import.meta.url), import.meta.url.startsWith('file:///'));
console.log(path.basename(fileURLToPath(import.meta.url)), Object.getPrototypeOf(import.meta));
console.log(path.basename(import.meta.filename), path.basename(import.meta.dirname));
console.log(import.meta.resolve('./modules/counter.mjs').endsWith('/modules/counter.mjs'), import.meta.resolve('fs'));
console.log(path.basename(process.argv[1]), new URL('./x.txt', import.meta.url).pathname.endsWith('/programs/x.txt'));
