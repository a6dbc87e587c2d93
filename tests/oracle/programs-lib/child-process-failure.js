// spawnSync tells in its result, not by throwing, that a program cannot be started.
'use strict';

const { spawnSync } = require('child_process');

const result = spawnSync('/nonexistent/program');
console.log(result.error instanceof Error, result.status, result.signal, result.output, result.pid, result.stdout, result.stderr);
try {
  spawnSync(5);
} catch (error) {
  console.log(error.code, error.message);
}
