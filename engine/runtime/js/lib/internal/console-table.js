// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// console.table and the durations that console.time prints.

const { inspect, getStringWidth } = require('./inspect');
const { types } = require('./types');

const keyHeader = 'Key';
const valuesHeader = 'Values';
const indexHeader = '(index)';
const iterationHeader = '(iteration index)';

function drawRow(row, widths) {
  const cells = row.map((cell, i) => cell + ' '.repeat(widths[i] - getStringWidth(cell)));
  return `│ ${cells.join(' │ ')} │`;
}

function draw(head, columns) {
  const height = Math.max(...columns.map((column) => column.length));
  const rows = [];
  for (let j = 0; j < height; ++j) {
    rows.push(columns.map((column) => (Object.prototype.hasOwnProperty.call(column, j) ? column[j] : '')));
  }
  const widths = head.map((title, i) =>
    rows.reduce((width, row) => Math.max(width, getStringWidth(row[i])), getStringWidth(title)));
  const rules = widths.map((width) => '─'.repeat(width + 2));
  return [
    `┌${rules.join('┬')}┐`,
    drawRow(head, widths),
    `├${rules.join('┼')}┤`,
    ...rows.map((row) => drawRow(row, widths)),
    `└${rules.join('┴')}┘`,
  ].join('\n');
}

function cellText(value, options) {
  const isObject = value !== null && typeof value === 'object';
  const isList = Array.isArray(value) || types.isTypedArray(value);
  const depth = isObject && !isList && Object.keys(value).length > 2 ? -1 : 0;
  return inspect(value, Object.assign({ depth, maxArrayLength: 3, breakLength: Infinity }, options));
}

function drawObject(data, properties, cell) {
  const indices = Object.keys(data);
  const columns = new Map();
  const values = [];
  let hasPrimitives = false;
  indices.forEach((index, i) => {
    const item = data[index];
    const isPrimitive = item === null || (typeof item !== 'function' && typeof item !== 'object');
    if (properties === undefined && isPrimitive) {
      hasPrimitives = true;
      values[i] = cell(item);
      return;
    }
    for (const key of properties || Object.keys(item)) {
      if (!columns.has(key)) columns.set(key, []);
      const isMissing = isPrimitive || !Object.prototype.hasOwnProperty.call(item, key);
      columns.get(key)[i] = isMissing ? '' : cell(item[key]);
    }
  });
  // Integer keys come first, as in any object.
  const order = Object.create(null);
  for (const [key, column] of columns) order[key] = column;
  const head = [indexHeader].concat(Object.keys(order));
  const body = [indices].concat(Object.keys(order).map((key) => order[key]));
  if (hasPrimitives) {
    head.push(valuesHeader);
    body.push(values);
  }
  return draw(head, body);
}

function table(data, properties, options) {
  const cell = (value) => cellText(value, options);
  const numbers = (length) => Array.from({ length }, (_, i) => cell(i));
  if (types.isMap(data)) {
    const keys = [];
    const values = [];
    data.forEach((value, key) => {
      keys.push(cell(key));
      values.push(cell(value));
    });
    return draw([iterationHeader, keyHeader, valuesHeader], [numbers(keys.length), keys, values]);
  }
  if (types.isSet(data)) {
    const values = [];
    data.forEach((value) => values.push(cell(value)));
    return draw([iterationHeader, valuesHeader], [numbers(values.length), values]);
  }
  return drawObject(data, properties, cell);
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

function formatTime(milliseconds) {
  if (milliseconds < second) return `${Number(milliseconds.toFixed(3))}ms`;
  if (milliseconds < minute) return `${(milliseconds / second).toFixed(3)}s`;
  const hours = Math.floor(milliseconds / hour);
  const minutes = Math.floor((milliseconds % hour) / minute);
  const [seconds, fraction] = ((milliseconds % minute) / second).toFixed(3).split('.');
  const two = (value) => String(value).padStart(2, '0');
  if (hours > 0) return `${hours}:${two(minutes)}:${two(seconds)}.${fraction} (h:mm:ss.mmm)`;
  return `${minutes}:${two(seconds)}.${fraction} (m:ss.mmm)`;
}

module.exports = { formatTime, table };
