// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// How util.inspect lists the entries of arrays, typed arrays, buffers, sets, maps, their iterators, promises.
// Each function returns the list of entries as text; `tools` brings formatValue and formatProperty.

const binding = require('../../core/binding');
const { bigintText, numberText } = require('./inspect-text');
const { arrayEntries, arrayEntry, reduceToSingleString } = require('./inspect-layout');
const { promiseDetails } = require('./types');

const tools = { formatValue: undefined, formatProperty: undefined };

function plural(count, noun) {
  return `${count} ${noun}${count > 1 ? 's' : ''}`;
}

function remainingText(count) {
  return `... ${plural(count, 'more item')}`;
}

function shownCount(context, length) {
  return Math.min(Math.max(0, context.maxArrayLength), length);
}

function indented(context, body) {
  context.indentationLvl += 2;
  const result = body();
  context.indentationLvl -= 2;
  return result;
}

function formatSparseArray(context, value, depth, max, output, start) {
  const keys = Object.keys(value);
  const empty = (count) => context.stylize(`<${plural(count, 'empty item')}>`, 'undefined');
  let index = start;
  for (let i = start; i < keys.length && output.length < max; ++i) {
    const key = keys[i];
    const number = Number(key);
    if (number > 2 ** 32 - 2) break;
    if (`${index}` !== key) {
      if (!/^(0|[1-9][0-9]*)$/.test(key)) break;
      output.push(empty(number - index));
      index = number;
      if (output.length === max) break;
    }
    output.push(tools.formatProperty(context, value, depth, key, arrayEntry));
    ++index;
  }
  const remaining = value.length - index;
  if (remaining > 0) output.push(output.length === max ? remainingText(remaining) : empty(remaining));
  return output;
}

function formatArray(context, value, depth) {
  const length = value.length;
  const max = shownCount(context, length);
  const output = [];
  for (let i = 0; i < max; ++i) {
    if (!Object.prototype.hasOwnProperty.call(value, i)) {
      return formatSparseArray(context, value, depth, max, output, i);
    }
    output.push(tools.formatProperty(context, value, depth, i, arrayEntry));
  }
  if (length > max) output.push(remainingText(length - max));
  return output;
}

function formatTypedArray(context, value, depth) {
  const length = value.length;
  const max = shownCount(context, length);
  const output = [];
  for (let i = 0; i < max; ++i) {
    const element = value[i];
    output.push(typeof element === 'number' ?
      context.stylize(numberText(element, context.numericSeparator), 'number') :
      context.stylize(bigintText(element, context.numericSeparator), 'bigint'));
  }
  if (length > max) output.push(remainingText(length - max));
  if (context.showHidden) {
    indented(context, () => {
      for (const key of ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer']) {
        output.push(`[${key}]: ${tools.formatValue(context, value[key], depth, true)}`);
      }
    });
  }
  return output;
}

function formatArrayBuffer(context, value) {
  let bytes;
  try {
    bytes = new Uint8Array(value);
  } catch (error) {
    return [context.stylize('(detached)', 'special')];
  }
  const max = Math.min(context.maxArrayLength, bytes.length);
  const shown = [];
  for (let i = 0; i < max; ++i) shown.push(bytes[i].toString(16).padStart(2, '0'));
  let text = shown.join(' ');
  if (bytes.length > max) text += ` ... ${plural(bytes.length - max, 'more byte')}`;
  return [`${context.stylize('[Uint8Contents]', 'special')}: <${text}>`];
}

function formatSet(context, value, depth) {
  const { size } = value;
  const max = shownCount(context, size);
  const output = [];
  indented(context, () => {
    let count = 0;
    Set.prototype.forEach.call(value, (item) => {
      if (count++ < max) output.push(tools.formatValue(context, item, depth));
    });
  });
  if (size > max) output.push(remainingText(size - max));
  return output;
}

function formatMap(context, value, depth) {
  const { size } = value;
  const max = shownCount(context, size);
  const output = [];
  indented(context, () => {
    let count = 0;
    Map.prototype.forEach.call(value, (item, key) => {
      if (count++ >= max) return;
      output.push(`${tools.formatValue(context, key, depth)} => ${tools.formatValue(context, item, depth)}`);
    });
  });
  if (size > max) output.push(remainingText(size - max));
  return output;
}

/** What an iterator has still to give or a weak collection holds: [entries, are key and value in turn]; natively known only. */
function previewEntries(object) {
  const preview = binding.previewEntries === undefined ? undefined : binding.previewEntries(object);
  return preview === undefined ? [[], false] : preview;
}

/** What is in a weak collection is nobody's business, unless everything hidden is asked for; it has no order. */
function formatWeakCollection(context, value, depth) {
  if (!context.showHidden) return [context.stylize('<items unknown>', 'special')];
  const [entries, isKeyValue] = previewEntries(value);
  const step = isKeyValue ? 2 : 1;
  const size = entries.length / step;
  const max = shownCount(context, size);
  const output = [];
  indented(context, () => {
    for (let i = 0; i < max; ++i) {
      const key = tools.formatValue(context, entries[i * step], depth);
      output.push(isKeyValue ? `${key} => ${tools.formatValue(context, entries[i * step + 1], depth)}` : key);
    }
  });
  output.sort();
  if (size > max) output.push(remainingText(size - max));
  return output;
}

function formatIterator(braces, context, value, depth) {
  const [entries, isKeyValue] = previewEntries(value);
  const output = [];
  let length = entries.length;
  indented(context, () => {
    if (!isKeyValue) {
      const max = shownCount(context, length);
      for (let i = 0; i < max; ++i) output.push(tools.formatValue(context, entries[i], depth));
      return;
    }
    braces[0] = braces[0].replace(/ Iterator] {$/, ' Entries] {');
    length = entries.length / 2;
    const max = shownCount(context, length);
    for (let i = 0; i < max; ++i) {
      const pair = [tools.formatValue(context, entries[2 * i], depth),
                    tools.formatValue(context, entries[2 * i + 1], depth)];
      output.push(reduceToSingleString(context, pair, '', ['[', ']'], arrayEntries, depth));
    }
  });
  if (length > output.length) output.push(remainingText(length - output.length));
  return output;
}

function formatPromise(context, value, depth) {
  const [state, result] = promiseDetails(value);
  if (state === 0) return [context.stylize('<pending>', 'special')];
  const text = indented(context, () => tools.formatValue(context, result, depth));
  return [state === 2 ? `${context.stylize('<rejected>', 'special')} ${text}` : text];
}

module.exports = {
  formatArray,
  formatArrayBuffer,
  formatIterator,
  formatMap,
  formatPromise,
  formatSet,
  formatTypedArray,
  formatWeakCollection,
  tools,
};
