console.log(this, (function () { return this; })());
try { undeclared = 1; } catch (error) { console.log(error.name + ': ' + error.message); }
var topVar = 1;
console.log(globalThis.topVar, delete globalThis.nothing);
try { Object.freeze([1]).push(2); } catch (error) { console.log(error.name); }
try { 'x'.length = 3; } catch (error) { console.log(error.name); }
