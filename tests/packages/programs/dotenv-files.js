// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: dotenv
// does: Parses files of variables, expands quoting and comments, does not override, reads a file.
const dotenv = require('dotenv');
const fs = require('fs');
const os = require('os');
const path = require('path');

console.log(dotenv.parse(`
# a comment
BASIC=basic
export EXPORTED=yes
EMPTY=
SINGLE='single $quoted'
DOUBLE="line one\\nline two"
BACKTICK=\`it's "quoted"\`
SPACES =   trimmed   # with a comment
HASH="a#b"
MULTI="first
second"
JSON={"foo": "bar"}
URL=https://example.org/?a=b&c=d
`));
const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'dotenv-')), '.env');
fs.writeFileSync(file, 'LOADED=from the file\nALREADY=changed\n');
process.env.ALREADY = 'set before';
const result = dotenv.config({ path: file, quiet: true });
console.log(result.parsed, process.env.LOADED, process.env.ALREADY);
dotenv.config({ path: file, override: true, quiet: true });
console.log(process.env.ALREADY);
console.log(dotenv.config({ path: '/no/such/.env', quiet: true }).error.code);
const target = {};
dotenv.populate(target, { A: '1' });
console.log(target);
