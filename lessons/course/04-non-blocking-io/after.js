// Three readings, each when the one before it has ended
const fs = require('fs');

let pages = 0;

fs.readFile(__filename, function first(error) {
  if (error) throw error;
  pages += 1;

  fs.readFile(__filename, function second(error) {
    if (error) throw error;
    pages += 1;

    fs.readFile(__filename, function third(error) {
      if (error) throw error;
      pages += 1;
      console.log('pages read:', pages);
    });
  });
});
