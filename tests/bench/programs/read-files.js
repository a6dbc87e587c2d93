// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a file of 4 KiB as often as its argument says, 64 times at once.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');

const count = Number(process.argv[2]);
const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'read-files-')), 'file');
fs.writeFileSync(file, Buffer.alloc(4096, 'x'));
let started = 0;
let done = 0;

function next() {
    if (started === count)
        return;
    started++;
    fs.readFile(file, (error, bytes) => {
        if (error || bytes.length !== 4096)
            throw error || new Error(`${bytes.length} bytes`);
        if (++done === count)
            fs.rmSync(path.dirname(file), { recursive: true });
        next();
    });
}

for (let i = 0; i < 64; i++)
    next();
