// Three readings at the same time
const fs = require('fs');

let pages = 0;

function pageRead(error) {
  if (error) throw error;
  pages += 1;
  if (pages === 3) console.log('pages read:', pages);
}

fs.readFile(__filename, pageRead);
fs.readFile(__filename, pageRead);
fs.readFile(__filename, pageRead);
