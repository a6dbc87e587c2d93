// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// stream/web.

const { load } = require('./internal/unavailable');
const { classes } = require('./internal/web-streams');
const { TextDecoderStream, TextEncoderStream } = require('./internal/web-text-streams');

const { CompressionStream, DecompressionStream } = load('stream/web'); // compression is not there

module.exports = Object.assign({}, classes, { TextEncoderStream, TextDecoderStream, CompressionStream, DecompressionStream });
