// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Keys out of what a terminal sends: characters, control characters and the escape sequences of xterm, rxvt, putty and others.

const { timers } = require('../../core/timers');
const { StringDecoder } = require('../string_decoder');

const escapeCharacter = '\u001b';
const decoderOf = Symbol('keypress-decoder');
const parserOf = Symbol('escape-decoder');
const escapeTimeout = 500; // ms; GNU readline's keyseq-timeout

// Names by what follows ESC and its modifiers.
const letterNames = { A: 'up', B: 'down', C: 'right', D: 'left', E: 'clear', F: 'end', H: 'home', P: 'f1', Q: 'f2', R: 'f3', S: 'f4' };
const numberNames = {
  1: 'home', 2: 'insert', 3: 'delete', 4: 'end', 5: 'pageup', 6: 'pagedown', 7: 'home', 8: 'end', 11: 'f1', 12: 'f2', 13: 'f3', 14: 'f4', 15: 'f5', 17: 'f6',
  18: 'f7', 19: 'f8', 20: 'f9', 21: 'f10', 23: 'f11', 24: 'f12', 200: 'paste-start', 201: 'paste-end',
};
const named = new Map([['[Z', { name: 'tab', shift: true }], ['[[5~', { name: 'pageup' }], ['[[6~', { name: 'pagedown' }]]);
for (const letter of Object.keys(letterNames)) {
  for (const lead of ['[', 'O']) named.set(lead + letter, { name: letterNames[letter] });
}
for (const letter of ['A', 'B', 'C', 'D', 'E']) {
  named.set(`[[${letter}`, { name: `f${letter.charCodeAt(0) - 64}` });
  named.set(`[${letter.toLowerCase()}`, { name: letterNames[letter], shift: true });
  named.set(`O${letter.toLowerCase()}`, { name: letterNames[letter], ctrl: true });
}
for (const number of Object.keys(numberNames)) {
  named.set(`[${number}~`, { name: numberNames[number] });
  if (![2, 3, 5, 6, 7, 8].includes(Number(number))) continue;
  named.set(`[${number}$`, { name: numberNames[number], shift: true });
  named.set(`[${number}^`, { name: numberNames[number], ctrl: true });
}

const isDigit = (character) => character !== undefined && character >= '0' && character <= '9';
const widthAt = (text, index) => (text.codePointAt(index) >= 0x10000 ? 2 : 1);

/** What the characters that came are so far: undefined while more must come. '' among them stands for the end of waiting. */
function parseSequence(characters) {
  let index = 0;
  const next = () => characters[index++];
  const done = (parts) => (index > characters.length ? undefined : Object.assign({ text: characters.join(''), last: characters[index - 1], escaped: true }, parts));
  let last = next();
  if (last !== escapeCharacter) return done({ escaped: false });
  last = next();
  if (last === escapeCharacter) last = next();
  if (last === 'O') {
    last = next();
    if (!isDigit(last)) return done({ code: `O${last}`, modifier: 0 });
    const modifier = Number(last) - 1;
    last = next();
    return done({ code: `O${last}`, modifier });
  }
  if (last !== '[') return done({});
  let lead = '[';
  last = next();
  if (last === '[') {
    lead = '[[';
    last = next();
  }
  const start = index - 1;
  for (let digits = 0; digits < 3 && isDigit(last); ++digits) last = next();
  if (last === ';') {
    last = next();
    if (isDigit(last)) last = next();
  }
  return done(parseCommand(lead, characters.slice(start).join('')));
}

/** Code and modifier of what follows the bracket: "24;5~" is code [24~ with modifier 4, "1;5H" is [H with 4. */
function parseCommand(lead, command) {
  const tilde = /^(?:(\d\d?)(?:;(\d))?([~^$])|(\d{3}~))$/.exec(command);
  if (tilde !== null) {
    return tilde[4] !== undefined ? { code: lead + tilde[4], modifier: 0 } : { code: lead + tilde[1] + tilde[3], modifier: (tilde[2] || 1) - 1 };
  }
  const letter = /^(?:(?:\d;)?(\d))?([A-Za-z])$/.exec(command);
  return letter !== null ? { code: lead + letter[2], modifier: (letter[1] || 1) - 1 } : { code: lead + command, modifier: 0 };
}

const controlNames = { '\r': 'return', '\n': 'enter', '\t': 'tab', '\b': 'backspace', '\u007f': 'backspace', [escapeCharacter]: 'escape', ' ': 'space' };

function keyOf({ text, last, escaped, code, modifier }) {
  const key = { sequence: text, name: undefined, ctrl: false, meta: false, shift: false };
  if (code !== undefined) {
    key.ctrl = (modifier & 4) !== 0;
    key.meta = (modifier & 10) !== 0;
    key.shift = (modifier & 1) !== 0;
    key.code = code;
    return Object.assign(key, named.get(code) || { name: 'undefined' });
  }
  if (controlNames[last] !== undefined) return Object.assign(key, { name: controlNames[last], meta: escaped });
  if (!escaped && last <= '\u001a') return Object.assign(key, { name: String.fromCharCode(last.charCodeAt(0) + 96), ctrl: true });
  if (/^[0-9A-Za-z]$/.test(last)) return Object.assign(key, { name: last.toLowerCase(), shift: /^[A-Z]$/.test(last), meta: escaped });
  if (escaped) Object.assign(key, { name: last.length > 0 ? undefined : 'escape', meta: true });
  return key;
}

/** Takes characters one by one and has the stream emit 'keypress'. */
class KeyParser {
  constructor(stream) {
    this.stream = stream;
    this.characters = [];
  }

  take(character) {
    this.characters.push(character);
    const sequence = parseSequence(this.characters);
    if (sequence === undefined) return;
    this.characters = [];
    const key = keyOf(sequence);
    const { text, escaped } = sequence;
    if (text.length !== 0 && (key.name !== undefined || escaped)) this.stream.emit('keypress', escaped ? undefined : text, key);
    else if (widthAt(text, 0) === text.length) this.stream.emit('keypress', text, key);
  }
}

/** Has a stream emit 'keypress' while somebody listens to it. */
function emitKeypressEvents(stream, reader = {}) {
  if (stream[decoderOf]) return;
  stream[decoderOf] = new StringDecoder('utf8');
  stream[parserOf] = new KeyParser(stream);
  const { escapeCodeTimeout = escapeTimeout } = reader;
  let timer;
  const take = (character, isLast) => {
    stream[parserOf].take(character);
    if (isLast && character === escapeCharacter) timer = timers.setTimeout(() => stream[parserOf].take(''), escapeCodeTimeout);
  };
  const onData = (input) => {
    if (stream.listenerCount('keypress') === 0) {
      stream.removeListener('data', onData);
      stream.on('newListener', onNewListener);
      return;
    }
    const text = stream[decoderOf].write(input);
    if (text === '') return;
    timers.clearTimeout(timer);
    // A paste is no request for completion.
    reader.isCompletionEnabled = false;
    let length = 0;
    for (const character of text) {
      length += character.length;
      if (length === text.length) reader.isCompletionEnabled = true;
      take(character, length === text.length);
    }
  };
  const onNewListener = (event) => {
    if (event !== 'keypress') return;
    stream.on('data', onData);
    stream.removeListener('newListener', onNewListener);
  };
  if (stream.listenerCount('keypress') > 0) stream.on('data', onData);
  else stream.on('newListener', onNewListener);
}

module.exports = { emitKeypressEvents, widthAt };
