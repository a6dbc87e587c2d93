// Scripts in the main context: globals, declarations that the next script sees, file names, import().
const vm = require('vm');

console.log(vm.runInThisContext('var fromScript = 1; globalThis.other = 2; typeof require'), globalThis.fromScript, fromScript, other);
vm.runInThisContext('let lexical = 1; const fixed = 2; class Shape { area() { return lexical; } }');
console.log(vm.runInThisContext('lexical++; [lexical, fixed, new Shape().area(), Shape.name].join()'), 'lexical' in globalThis);
for (const code of ['fixed = 3', 'let lexical = 5', 'undeclared', 'let undefined = 1']) {
  try {
    vm.runInThisContext(code);
  } catch (error) {
    console.log(error.name, error.message);
  }
}
console.log(vm.runInThisContext('(function() { return this === globalThis; })()'), vm.runInThisContext('this === globalThis'));
const wrapper = vm.runInThisContext('(function(exports, require) {\nexports.answer = () => { throw new Error("here"); };\n})', { filename: 'wrapped.js', lineOffset: 10 });
const exported = {};
wrapper(exported, require);
try {
  exported.answer();
} catch (error) {
  console.log(/wrapped\.js:12/.test(error.stack));
}
vm.runInThisContext('import("fs")').catch((error) => console.log(error.name, error.code, error.message));
vm.runInThisContext('import("fs")', { importModuleDynamically: () => {} }).catch((error) => console.log(error.name, error.code, error.message));
vm.runInThisContext('import("fs")', { importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER }).then((fs) => console.log(typeof fs.readFile));
const script = new vm.Script('fromScript += 1', { filename: 'again.js' });
console.log(script.runInThisContext(), script.runInThisContext(), Object.keys(script), script.sourceMapURL);
console.log(new vm.Script('1\n//# sourceMappingURL=map.json').sourceMapURL);
