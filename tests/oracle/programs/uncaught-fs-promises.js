// A rejection of fs.promises, with the async functions that waited for it.
const fs = require('fs');
async function load() {
  return fs.promises.readFile('/nonexistent/file');
}
async function main() {
  await load();
}
main();
