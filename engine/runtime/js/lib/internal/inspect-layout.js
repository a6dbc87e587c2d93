// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// How util.inspect arranges the entries of an object: on one line, in columns, or one a line.

const { isBigInt } = require('../../core/type-of');
const { getStringWidth, stripColors } = require('./inspect-text');

const objectEntries = 0;
const arrayEntry = 1;
const arrayEntries = 2;

function columnCount(context, outputLength, actualMax, totalLength, allLength) {
  // Characters are about 2.5 times as high as wide; the aim is a square.
  const heightToWidth = 2.5;
  const bias = Math.sqrt(actualMax - totalLength / allLength);
  const biasedMax = Math.max(actualMax - 3 - bias, 1);
  return Math.min(
    Math.round(Math.sqrt(heightToWidth * biasedMax * outputLength) / biasedMax),
    Math.floor((context.breakLength - context.indentationLvl) / actualMax),
    context.compact * 4,
    15);
}

function isNumeric(value, length) {
  if (value === undefined) return true;
  for (let i = 0; i < length; ++i) {
    if (typeof value[i] !== 'number' && !isBigInt(value[i])) return false;
  }
  return true;
}

/** Puts more than six short entries of an array into columns. */
function groupArrayElements(context, output, value) {
  const separator = 2;
  const hasMore = context.maxArrayLength < output.length;
  const length = hasMore ? output.length - 1 : output.length;
  const widths = new Array(length);
  let totalLength = 0;
  let maxLength = 0;
  for (let i = 0; i < length; ++i) {
    widths[i] = getStringWidth(output[i], context.colors);
    totalLength += widths[i] + separator;
    if (widths[i] > maxLength) maxLength = widths[i];
  }
  const actualMax = maxLength + separator;
  if (actualMax * 3 + context.indentationLvl >= context.breakLength ||
      (totalLength / actualMax <= 5 && maxLength > 6)) {
    return output;
  }
  const columns = columnCount(context, length, actualMax, totalLength, output.length);
  if (columns <= 1) return output;

  const columnWidths = [];
  for (let i = 0; i < columns; ++i) {
    let width = 0;
    for (let j = i; j < output.length; j += columns) {
      if (widths[j] > width) width = widths[j];
    }
    columnWidths.push(width + separator);
  }
  const pad = isNumeric(value, output.length) ? 'padStart' : 'padEnd';
  const lines = [];
  for (let i = 0; i < length; i += columns) {
    const end = Math.min(i + columns, length);
    let line = '';
    let j = i;
    for (; j < end - 1; ++j) {
      // Colours add characters that take no width.
      line += `${output[j]}, `[pad](columnWidths[j - i] + output[j].length - widths[j], ' ');
    }
    const lastWidth = columnWidths[j - i] + output[j].length - widths[j] - separator;
    line += pad === 'padStart' ? output[j].padStart(lastWidth, ' ') : output[j];
    lines.push(line);
  }
  if (hasMore) lines.push(output[length]);
  return lines;
}

function fitsOnLine(context, output, start, base) {
  let total = output.length + start;
  if (total + output.length > context.breakLength) return false;
  for (let i = 0; i < output.length; ++i) {
    total += context.colors ? stripColors(output[i]).length : output[i].length;
    if (total > context.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

function reduceToSingleString(context, entries, base, braces, kind, depth, value) {
  let output = entries;
  const prefix = base ? `${base} ` : '';
  if (context.compact !== true) {
    if (typeof context.compact === 'number' && context.compact >= 1) {
      if (kind === arrayEntries && output.length > 6) output = groupArrayElements(context, output, value);
      // The innermost `compact` levels go on one line when they fit.
      if (context.currentDepth - depth < context.compact && entries.length === output.length) {
        const start = output.length + context.indentationLvl + braces[0].length + base.length + 10;
        if (fitsOnLine(context, output, start, base)) {
          const joined = output.join(', ');
          if (!joined.includes('\n')) return `${prefix}${braces[0]} ${joined} ${braces[1]}`;
        }
      }
    }
    const indentation = `\n${' '.repeat(context.indentationLvl)}`;
    return `${prefix}${braces[0]}${indentation}  ${output.join(`,${indentation}  `)}${indentation}${braces[1]}`;
  }
  if (fitsOnLine(context, output, 0, base)) {
    return `${braces[0]}${base ? ` ${base}` : ''} ${output.join(', ')} ${braces[1]}`;
  }
  const indentation = ' '.repeat(context.indentationLvl);
  const start = base === '' && braces[0].length === 1 ? ' ' : `${base ? ` ${base}` : ''}\n${indentation}  `;
  return `${braces[0]}${start}${output.join(`,\n${indentation}  `)} ${braces[1]}`;
}

module.exports = { arrayEntries, arrayEntry, objectEntries, reduceToSingleString };
