// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// fetch and its classes, from the package that Node itself has them from. A bundle of its own: it is large, and few programs use it.

// In this order: Request's converters need Response's.
const { fetch: fetchResource } = require('undici/lib/web/fetch');
const { FormData } = require('undici/lib/web/fetch/formdata');
const { Headers, HeadersList } = require('undici/lib/web/fetch/headers');
const { Request } = require('undici/lib/web/fetch/request');
const { Response } = require('undici/lib/web/fetch/response');
const errors = require('undici/lib/core/errors');

// undici's own says `array[j] = array[--j]`, where V4 counts down before it looks at the first `j`.
HeadersList.prototype.toSortedArray = function() {
  return Array.from(this).sort(([a], [b]) => (a < b ? -1 : 1));
};

module.exports = { FormData, Headers, Request, Response, errors, fetchResource };
