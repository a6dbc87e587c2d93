// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Copies a file of as many MiB as its argument says through streams, in pieces of 64 KiB.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');

const megabytes = Number(process.argv[2]);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'copy-stream-'));
const from = path.join(folder, 'from');
const to = path.join(folder, 'to');
fs.writeFileSync(from, '');
fs.truncateSync(from, megabytes * 1024 * 1024); // zeros that take no room and are read from nowhere
fs.createReadStream(from, { highWaterMark: 65536 }).pipe(fs.createWriteStream(to)).on('finish', () => {
    if (fs.statSync(to).size !== fs.statSync(from).size)
        throw new Error('the copy is not whole');
    fs.rmSync(folder, { recursive: true });
});
