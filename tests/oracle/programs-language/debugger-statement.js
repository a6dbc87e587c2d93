// Without a debugger it does nothing.
debugger; if (1) debugger; else debugger
for (let i = 0; i < 1; i++) debugger
const f = () => { debugger; return 1 }
label: debugger
console.log(f(), eval('2; debugger'), new Function('debugger; return 3')());
