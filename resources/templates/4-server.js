// A server's day: requests come in, read a file, and answer
// Try: make one handler calculate for long, and see which other answers come late.
const fs = require('fs');

function handle(id, done) {
  fs.readFile(__filename, 'utf8', function loaded(error, text) {
    if (error) return done(error);
    setImmediate(function render() {
      done(null, `request ${id}: ${text.split('\n')[0]}`);
    });
  });
}

let open = 0;
function accept(id) {
  open += 1;
  handle(id, function answered(error, page) {
    open -= 1;
    console.log(error ? error.message : page);
    if (open === 0) console.log('all answered');
  });
}

// Three clients, some milliseconds apart.
[0, 20, 40].forEach(function arrive(delay, index) {
  setTimeout(accept, delay, index + 1);
});
