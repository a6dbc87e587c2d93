// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What libraries read of http2 when they load.
const constants = require('http2').constants;
console.log(Object.keys(constants).sort().map((name) => `${name} ${constants[name]}`).join('\n'));
