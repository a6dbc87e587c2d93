// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// What js/polyfills leaves for later: each module is evaluated at the first use of anything in it.

module.exports = {
  get regExpProtocol() { return require('./regexp-protocol'); },
  get describeJsonError() { return require('./json').describeJsonError; },
  get parseJson() { return require('./json').parseJson; },
  get stringifyJson() { return require('./json').stringifyJson; },
  get escapeLoneSurrogates() { return require('./json').escapeLoneSurrogates; },
  get translateMessage() { return require('./messages').translateMessage; },
  get parseDate() { return require('./date-parser').parseDate; },
  get formatNumber() { return require('./intl').formatNumber; },
  get formatDate() { return require('./intl').formatDate; },
  get localeCompare() { return require('./intl').localeCompare; },
  get localeCase() { return require('./intl').localeCase; },
  get makeIntl() { return require('./intl').makeIntl; },
  get finalSigma() { return require('./letters').finalSigma; },
  get genericArrayMethod() { return require('./generic-arrays').genericArrayMethod; },
  get makeBigInt() { return require('./bigint').makeBigInt; },
  get makeBigIntArrays() { return require('./bigint-arrays').makeBigIntArrays; },
};
