// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Keys of objects without running any code of theirs: V4's Object.keys calls getters.

const isEnumerable = Object.prototype.propertyIsEnumerable;

function isIndex(key) {
  return /^(0|[1-9][0-9]*)$/.test(key) && Number(key) < 2 ** 32 - 1;
}

/** Own enumerable names; all names of a module namespace while one of its exports has no value yet. */
function enumerableNames(value) {
  const names = Object.getOwnPropertyNames(value);
  try {
    return filterEnumerable(value, names);
  } catch (error) {
    if (Object.prototype.toString.call(value) !== '[object Module]') throw error;
    return names;
  }
}

function filterEnumerable(value, names) {
  const result = [];
  for (let i = 0; i < names.length; ++i) {
    if (isEnumerable.call(value, names[i])) result.push(names[i]);
  }
  return result;
}

/** Own enumerable symbols. */
function enumerableSymbols(value) {
  return Object.getOwnPropertySymbols(value).filter((symbol) => isEnumerable.call(value, symbol));
}

/** Own names that are no indices. Indices come first, so that the search ends at the last of them. */
function nonIndexNames(value, onlyEnumerable) {
  const names = Object.getOwnPropertyNames(value);
  let start = names.length;
  while (start > 0 && !isIndex(names[start - 1])) --start;
  const rest = names.slice(start);
  return onlyEnumerable ? rest.filter((name) => isEnumerable.call(value, name)) : rest;
}

module.exports = { enumerableNames, enumerableSymbols, isIndex, nonIndexNames };
