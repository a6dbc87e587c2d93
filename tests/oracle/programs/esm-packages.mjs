import { typedKind, legacy } from './modules/use-packages.mjs';
console.log(typedKind, legacy);
