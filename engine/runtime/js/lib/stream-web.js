// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// stream/web.

const { CompressionStream, DecompressionStream } = require('./internal/web-compression-streams');
const { classes } = require('./internal/web-streams');
const { TextDecoderStream, TextEncoderStream } = require('./internal/web-text-streams');

module.exports = Object.assign({}, classes, { TextEncoderStream, TextDecoderStream, CompressionStream, DecompressionStream });
