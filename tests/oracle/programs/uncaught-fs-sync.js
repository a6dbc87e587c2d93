// A system call of Node's own code ends the process.
const fs = require('fs');
const read = () => fs.readFileSync('/nonexistent/file');
read();
