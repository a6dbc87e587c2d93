try { process.kill(); } catch (e) { console.log(e.code); }
try { process.chdir(5); } catch (e) { console.log(e.code); }
try { process.exit('abc'); } catch (e) { console.log(e.code); }
try { process.exitCode = 'x1'; } catch (e) { console.log(e.code, e.message); }
process.exitCode = '5';
process.on('exit', (c) => console.log(c));
