// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const letter = /\p{L}/u;
const ignorable = /[\p{Mn}\p{Me}\p{Cf}'.:\u00b7\u2019]/u;

/** Unicode's Final_Sigma: a capital sigma after a letter and before none becomes ς. `lower` is the text with σ for all of them. */
function finalSigma(text, lower) {
  if (lower.length !== text.length) return lower;
  let result = '';
  for (let index = 0; index < text.length; index++) {
    if (text[index] !== '\u03a3') {
      result += lower[index];
      continue;
    }
    let before = index - 1;
    while (before >= 0 && ignorable.test(text[before])) before--;
    let after = index + 1;
    while (after < text.length && ignorable.test(text[after])) after++;
    const isFinal = before >= 0 && letter.test(text[before]) && !(after < text.length && letter.test(text[after]));
    result += isFinal ? '\u03c2' : '\u03c3';
  }
  return result;
}

module.exports = { finalSigma };
