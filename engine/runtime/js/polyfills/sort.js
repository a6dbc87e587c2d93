// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Stable sorting in the way of V8 (TimSort): runs that exist are kept, short ones are grown by binary insertion, and the stack of runs is
// merged by the same rules. The order of compare calls is V8's for up to 63 elements; longer arrays merge without galloping.

const nativeSort = Array.prototype.sort;

/** Without a compare function equal elements of primitive kinds cannot be told apart, so V4's own sort will do. */
function allPrimitive(values) {
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if ((typeof value === 'object' && value !== null) || typeof value === 'function') return false;
  }
  return true;
}

function sortByText(values) {
  if (allPrimitive(values)) return nativeSort.call(values);
  const entries = [];
  for (let index = 0; index < values.length; index++) entries.push({ text: String(values[index]), value: values[index] });
  const compare = (a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);
  return mergeSort(entries, compare).map((entry) => entry.value);
}

/** Sorts an array of values without undefined and holes; gives the sorted array, which may be the same one. */
function sortValues(values, comparator) {
  if (comparator === undefined) return sortByText(values);
  return mergeSort(values, comparator);
}

function minimumRun(length) {
  let rest = 0;
  while (length >= 64) {
    rest |= length & 1;
    length >>= 1;
  }
  return length + rest;
}

/** Length of the run that starts at `low`; a descending one is reversed. */
function countRun(work, low, high, comparator) {
  if (low + 1 === high) return 1;
  let length = 2;
  let order = +comparator(work[low + 1], work[low]);
  const descending = order < 0;
  let previous = work[low + 1];
  for (let index = low + 2; index < high; index++) {
    const current = work[index];
    order = +comparator(current, previous);
    if (descending ? !(order < 0) : order < 0) break;
    previous = current;
    length++;
  }
  if (descending) {
    for (let left = low, right = low + length - 1; left < right; left++, right--) {
      const swapped = work[left];
      work[left] = work[right];
      work[right] = swapped;
    }
  }
  return length;
}

function binaryInsertion(work, low, start, high, comparator) {
  for (; start < high; start++) {
    const pivot = work[start];
    let left = low;
    let right = start;
    while (left < right) {
      const middle = left + ((right - left) >> 1);
      if (+comparator(pivot, work[middle]) < 0) right = middle;
      else left = middle + 1;
    }
    for (let index = start; index > left; index--) work[index] = work[index - 1];
    work[left] = pivot;
  }
}

/** Merges work[start..middle) with work[middle..end), the first taken where both are equal. */
function merge(work, start, middle, end, comparator) {
  const left = work.slice(start, middle);
  const leftLength = left.length;
  let from = 0;
  let right = middle;
  let to = start;
  while (from < leftLength && right < end) {
    if (+comparator(work[right], left[from]) < 0) work[to++] = work[right++];
    else work[to++] = left[from++];
  }
  while (from < leftLength) work[to++] = left[from++];
}

function mergeSort(work, comparator) {
  const length = work.length;
  if (length < 2) return work;
  const shortest = minimumRun(length);
  const starts = [];
  const lengths = [];
  const mergeAt = (index) => {
    merge(work, starts[index], starts[index + 1], starts[index + 1] + lengths[index + 1], comparator);
    lengths[index] += lengths[index + 1];
    starts.splice(index + 1, 1);
    lengths.splice(index + 1, 1);
  };
  let low = 0;
  while (low < length) {
    let run = countRun(work, low, length, comparator);
    if (run < shortest) {
      const forced = Math.min(shortest, length - low);
      binaryInsertion(work, low, low + run, low + forced, comparator);
      run = forced;
    }
    starts.push(low);
    lengths.push(run);
    low += run;
    while (lengths.length > 1) {
      let n = lengths.length - 2;
      if ((n > 0 && lengths[n - 1] <= lengths[n] + lengths[n + 1]) ||
          (n > 1 && lengths[n - 2] <= lengths[n - 1] + lengths[n])) {
        if (lengths[n - 1] < lengths[n + 1]) n--;
        mergeAt(n);
      } else if (lengths[n] <= lengths[n + 1]) mergeAt(n);
      else break;
    }
  }
  while (lengths.length > 1) {
    let n = lengths.length - 2;
    if (n > 0 && lengths[n - 1] < lengths[n + 1]) n--;
    mergeAt(n);
  }
  return work;
}

module.exports = { sortValues };
