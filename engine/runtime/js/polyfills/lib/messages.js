// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// V4's words for its errors, turned into V8's. V8 names the expression that failed as it stands in the source; V4 often says no more than
// "Type error", so the failing line is read for what can have gone wrong there.

const { callees, findOperand, lastArgumentless } = require('./source-expressions');

const plural = (subject, key) => (
  key === 'Symbol(Symbol.iterator)' ?
    `${subject === 'null' ? 'object null' : subject} is not iterable (cannot read property Symbol(Symbol.iterator))` :
    `Cannot read properties of ${subject} (reading '${key}')`);

/** What is called on the line by the name that V4 gives, as V8 prints it. */
function calleeText(source, name) {
  const found = source === undefined ? [] : callees(source.text).filter((callee) => callee.name === name && !callee.isNew);
  if (found.length === 0) return undefined;
  const atColumn = found.find((callee) => source.column && callee.end >= source.column - 1);
  return (atColumn || found[0]).text;
}

/** V4 names the value that was called; V8 names the expression. */
function calledText(value, source) {
  const called = source === undefined ? [] : callees(source.text).filter((callee) => !callee.isNew);
  const ofCalls = called.filter((callee) => /\(\.\.\.\)$/.test(callee.text));
  const found = ofCalls.length > 0 ? ofCalls : called.filter((callee) => /^[\w$]+$/.test(callee.text));
  if (found.length === 0 || found.some((callee) => callee.text === value)) return undefined;
  const atColumn = found.find((callee) => source.column && callee.end >= source.column - 1);
  return `${(atColumn || found[0]).text} is not a function`;
}

function constructorText(source) {
  const found = source === undefined ? undefined : callees(source.text).find((callee) => callee.isNew);
  return found === undefined ? undefined : found.text;
}

function classText(source) {
  const inline = source === undefined ? null : /\(\s*class\s+([\w$]+)[^]*\)\s*\(/.exec(source.text);
  if (inline !== null) return inline[1];
  const plain = source === undefined ? [] : callees(source.text).filter((callee) => !callee.isNew && /^[A-Z]/.test(callee.name));
  return plain.length === 0 ? undefined : plain[plain.length - 1].name;
}

/** True if `name` is declared by let, const or class at or after the failing line: then it was used too early. */
function isDeclaredLater(name, source) {
  if (source === undefined || source.lineAt === undefined) return false;
  const escaped = name.replace(/\$/g, '\\$');
  const declaration = new RegExp(`(?:^|[\\s;{(])(?:(?:let|const)\\s+(?:[^=;]*[\\s,{[])?|class\\s+)${escaped}\\b`);
  let empty = 0;
  for (let line = source.line; empty < 20; line++) {
    const text = source.lineAt(line);
    if (text === '' || text === undefined) empty++;
    else {
      empty = 0;
      if (declaration.test(text)) return true;
    }
  }
  return false;
}

// [V4's message, V8's message or (match, source) -> V8's message]
const table = [
  [/^Cannot read property '([^]*)' of (undefined|null)$/, (match) => plural(match[2], match[1])],
  [/^Cannot call method '([^]*)' of (undefined|null)$/, (match) => plural(match[2], match[1])],
  [/^Property '([^]*)' of object ([^]*) is not a function$/, (match, source) => {
    const text = calleeText(source, match[1]);
    if (text !== undefined) return `${text} is not a function`;
    return match[2] === '[null]' ? `${match[1]} is not a function` : `(intermediate value).${match[1]} is not a function`;
  }],
  [/^([^]*) is not a function$/, (match, source) => calledText(match[1], source)],
  [/^(?:this)? ?is not defined$/,
   () => "Must call super constructor in derived class before accessing 'this' or returning from derived constructor"],
  [/^(\S+) is not defined$/, (match, source) => (
    isDeclaredLater(match[1], source) ? `Cannot access '${match[1]}' before initialization` : undefined)],
  [/^$/, (match, source) => (source !== undefined && /TypeError/.test(source.text) ? undefined : 'Assignment to constant variable.')],
  [/^Cannot call a class constructor without \|new\|$/,
   (match, source) => `Class constructor ${classText(source) || '(intermediate value)'} cannot be invoked without 'new'`],
  [/^Function is not a constructor\.$/, (match, source) => `${constructorText(source) || '(intermediate value)'} is not a constructor`],
  [/^Value is (null|undefined) and could not be converted to an object$/, (match, source) => assignmentMessage(match[1], source)],
  [/^Maximum call stack size exceeded\.$/, 'Maximum call stack size exceeded'],
  [/^(?:-?[\d.e+]+|Infinity|NaN) out of range$/, (match, source) => rangeMessage(source)],
  [/^Invalid array length\.$/, 'Invalid array length'],
  [/^Invalid Date out of range$/, 'Invalid time value'],
  [/^malformed URI sequence$/, 'URI malformed'],
  [/^super\(\) already called\.$/, 'Super constructor may only be called once'],
  [/^The superclass is not a function object\.$/, (match, source) => {
    const line = source === undefined || source.lineAt === undefined ? '' : source.lineAt(source.line);
    const extended = source === undefined ? null : /\bextends\s+([^{]+?)\s*\{/.exec(`${source.text} ${line}`);
    return `Class extends value ${extended === null ? '(intermediate value)' : extended[1]} is not a constructor or null`;
  }],
  [/^Cannot convert a symbol to a string\.$/, 'Cannot convert a Symbol value to a string'],
  [/^(?:\(Weak\))?(Map|Set) requires new$/, (match) => `Constructor ${match[1]} requires 'new'`],
  [/^Symbol can't be used together with \|new\|\.$/, 'Symbol is not a constructor'],
  [/^Could not change prototype\.$/, (match, source) => (
    source !== undefined && /preventExtensions|freeze|seal/.test(source.text) ? '#<Object> is not extensible' : 'Cyclic __proto__ value')],
  [/^calling a TypedArray constructor without new is invalid$/,
   (match, source) => `Constructor ${classText(source) || 'TypedArray'} requires 'new'`],
  [/^TypedArray\.set: out of range$/, 'offset is out of bounds'],
  [/^index out of range\.?$/, 'Offset is outside the bounds of the DataView'],
  [/^Index out of range\.$/, (match, source) => {
    const length = source === undefined ? null : /\(\s*(-[\d.]+)\s*\)/.exec(source.text);
    return `Invalid typed array length${length === null ? '' : `: ${length[1]}`}`;
  }],
  [/^String\.fromCodePoint: argument out of range\.$/, (match, source) => {
    const point = source === undefined ? null : /fromCodePoint\(\s*([^,)]+)\)/.exec(source.text);
    return `Invalid code point${point === null ? '' : ` ${point[1]}`}`;
  }],
  [/^Identifier ([^\s']+) has already been declared$/, (match) => `Identifier '${match[1]}' has already been declared`],
  [/^Return statement not allowed outside of Function declaration\.$/, 'Illegal return statement'],
  [/^Break outside of loop$/, 'Illegal break statement'],
  [/^'with' statement is not allowed in strict mode$/, 'Strict mode code may not include a with statement'],
  [/^left-hand side of assignment operator is not an lvalue$/, 'Invalid left-hand side in assignment'],
  [/^Invalid left-hand side expression in postfix operation$/, 'Invalid left-hand side expression in postfix operation'],
  [/^Type error$/, (match, source) => (source === undefined ? undefined : guess(source.text))],
];

/** "Value is null ..." comes from assignments to properties, and from functions that want an object. */
function assignmentMessage(subject, source) {
  const text = source === undefined ? '' : source.text;
  const target = /(?:\.\s*([\w$]+)|\[\s*(?:'([^']*)'|"([^"]*)"|(\d+)|[^\]]*)\s*\])\s*(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=(?![=>])/.exec(text);
  if (target !== null && !/\bdelete\b/.test(text)) {
    const key = target.slice(1).find((name) => name !== undefined);
    if (key !== undefined) return `Cannot set properties of ${subject} (setting '${key}')`;
  }
  return 'Cannot convert undefined or null to object';
}

function rangeMessage(source) {
  const text = source === undefined ? '' : source.text;
  return /\.toFixed\(/.test(text) && !/\bArray\(|\.length\s*=/.test(text) ? 'toFixed() digits argument must be between 0 and 100' : 'Invalid array length';
}

/** The likeliest cause of a bare "Type error", by what stands on the line. */
function guess(text) {
  for (const rule of guesses) {
    const message = rule(text);
    if (message !== undefined) return message;
  }
  return undefined;
}

const notIterable = (expression) => `${expression} is not iterable`;
const literalValue = (expression) => (/^(?:null|undefined)$/.test(expression) ? expression : undefined);

// Array and text literals: whatever failed, it was not this.
const canBeIterated = /^(?:\[|['"`])/;

const guesses = [
  (text) => {
    const call = /\b(Date|Symbol|Number|Boolean|String)\.prototype\.(\w+)\.call\(/.exec(text);
    if (call === null) return undefined;
    return call[1] === 'Date' ? 'this is not a Date object.' : `${call[1]}.prototype.${call[2]} requires that 'this' be a ${call[1]}`;
  },
  (text) => (/\bnew\s+Proxy\(/.test(text) ? 'Cannot create proxy with a non-object as target or handler' : undefined),
  (text) => {
    const call = /\b(Object|Reflect)\.(\w+)\(\s*(?:-?[\d.]+|'[^']*'|"[^"]*"|true|false|null|undefined)\s*[,)]/.exec(text);
    return call === null ? undefined : `${call[1]}.${call[2]} called on non-object`;
  },
  (text) => {
    const loop = /\bfor\s*(?:await\s*)?\(\s*(?:const|let|var)?\s*[^;]*?\sof\s+(.*)$/.exec(text);
    if (loop === null) return undefined;
    const operand = findOperand(loop[1]);
    return canBeIterated.test(operand) ? undefined : notIterable(operand);
  },
  (text) => {
    const made = /\bnew\s+(Map|Set|WeakMap|WeakSet)\s*\(\s*([^()]*)\)/.exec(text);
    if (made === null || made[2] === '') return undefined;
    const number = /^-?[\d.]+$/.test(made[2]);
    if (number) return `number ${made[2]} is not iterable (cannot read property Symbol(Symbol.iterator))`;
    const item = /^\[\s*(-?[\d.]+|'[^']*')/.exec(made[2]);
    return item !== null && made[1].endsWith('Map') ? `Iterator value ${item[1].replace(/'/g, '')} is not an entry object` : undefined;
  },
  (text) => {
    const spread = /([[(,]\s*)\.\.\.\s*(.*)$/.exec(text);
    if (spread === null) return undefined;
    const operand = findOperand(spread[2]);
    if (operand === '' || canBeIterated.test(operand)) return undefined;
    if (spread[1][0] === '[' || insideBrackets(text, spread.index)) return notIterable(operand);
    if (literalValue(operand) !== undefined) return `${operand} is not iterable (cannot read property Symbol(Symbol.iterator))`;
    return 'Spread syntax requires ...iterable[Symbol.iterator] to be a function';
  },
  (text) => {
    const pattern = /(?:const|let|var|[(,;]|^)\s*\[[^\]]*\]\s*=(?!=)\s*(.*)$/.exec(text);
    return pattern === null ? undefined : notIterable(findOperand(pattern[1]));
  },
  (text) => {
    const pattern = /(?:const|let|var|\()\s*\{\s*(?:([\w$]+)|'([^']*)')[^}]*\}\s*=(?!=|>)\s*(.*)$/.exec(text);
    if (pattern === null) return undefined;
    const operand = findOperand(pattern[3]);
    const value = literalValue(operand) || 'undefined';
    return `Cannot destructure property '${pattern[1] || pattern[2]}' of '${operand}' as it is ${value}.`;
  },
  (text) => {
    const made = constructorText({ text });
    return made === undefined || /^(?:Promise|Proxy|Map|Set|WeakMap|WeakSet|Date|Error)$/.test(made) ? undefined : `${made} is not a constructor`;
  },
  (text) => (/\.reduce(?:Right)?\(/.test(text) ? 'Reduce of empty array with no initial value' : undefined),
  (text) => {
    const call = /\.(?:map|forEach|filter|some|every|find|findIndex|flatMap)\(\s*([^()]*)\)/.exec(text);
    if (call === null || /=>|function/.test(call[1])) return undefined;
    const given = call[1].split(',')[0].trim();
    return `${given === '' ? 'undefined' : /^\{/.test(given) ? '#<Object>' : given} is not a function`;
  },
  (text) => {
    const call = /\.(startsWith|endsWith|includes)\(\s*\//.exec(text);
    return call === null ? undefined : `First argument to String.prototype.${call[1]} must not be a regular expression`;
  },
  (text) => (/\.apply\(/.test(text) ? 'CreateListFromArrayLike called on non-object' : undefined),
  (text) => {
    const call = lastArgumentless(text);
    return call === undefined ? undefined : `${call} is not a function`;
  },
  (text) => {
    const test = /(\S+)\s+in\s+([^\s);]+)/.exec(text);
    if (test === null || /\bfor\s*\(/.test(text)) return undefined;
    return `Cannot use 'in' operator to search for ${test[1].replace(/^[("'`]*([^'"`]*)['"`]?$/, "'$1'")} in ${test[2].replace(/['"`]/g, '')}`;
  },
  (text) => {
    const test = /\binstanceof\s+(\S+)/.exec(text);
    if (test === null) return undefined;
    return `Right-hand side of 'instanceof' is not ${/^[\d'"`]|^(?:null|undefined|true|false)\b/.test(test[1]) ? 'an object' : 'callable'}`;
  },
  (text) => {
    const removed = /\bdelete\s+(?:[\w$.[\]]+)(?:\.([\w$]+)|\[['"]?([^'"\]]+)['"]?\])/.exec(text);
    return removed === null ? undefined : `Cannot delete property '${removed[1] || removed[2]}' of #<Object>`;
  },
  (text) => {
    const call = /\bObject\.(defineProperty|defineProperties)\(\s*[^,]+,\s*['"]([^'"]+)['"]/.exec(text);
    return call === null ? undefined : `Cannot redefine property: ${call[2]}`;
  },
  (text) => (/\bObject\.(?:create|setPrototypeOf)\(/.test(text) ? 'Object prototype may only be an Object or null: undefined' : undefined),
  (text) => {
    const element = /([\w$.]+)\[\s*(\d+)\s*\]\s*(?:[-+*/%])?=(?![=>])/.exec(text);
    if (element !== null) return `Cannot assign to read only property '${element[2]}' of object '[object Array]'`;
    const target = /([\w$\]).]+)\.([\w$]+)\s*(?:(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=(?![=>])|\+\+|--)/.exec(text);
    return target === null ? undefined : `Cannot assign to read only property '${target[2]}' of object '#<Object>'`;
  },
  (text) => (/\bSymbol\b/.test(text) ? 'Cannot convert a Symbol value to a number' : undefined),
  (text) => (/\+|`|String\(/.test(text) ? 'Cannot convert object to primitive value' : undefined),
];

/** True if the nearest bracket that is open at a place is "[". */
function insideBrackets(text, end) {
  const open = [];
  for (let index = 0; index <= end; index++) {
    const character = text[index];
    if (character === '[' || character === '(' || character === '{') open.push(character);
    else if (character === ']' || character === ')' || character === '}') open.pop();
  }
  return open[open.length - 1] === '[';
}

/** V8's message for an error that V4 threw, as { message, prototype }; undefined if V4's is V8's. */
function translateMessage(error, message, source) {
  for (const [pattern, replacement] of table) {
    const match = pattern.exec(message);
    if (match === null) continue;
    if (message === '' && Object.getPrototypeOf(error) !== TypeError.prototype) return undefined;
    const translated = typeof replacement === 'string' ? replacement : replacement(match, source);
    if (translated === undefined || translated === message) return undefined;
    const isSyntax = translated === 'Invalid left-hand side in assignment';
    return { message: translated, prototype: isSyntax ? SyntaxError.prototype : undefined };
  }
  return undefined;
}

module.exports = { translateMessage };
