// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// TextEncoderStream and TextDecoderStream.

const { codes } = require('../../core/errors');
const { TextDecoder, TextEncoder } = require('./encoding');
const { classes, defineInspection } = require('./web-streams');

const transformOf = Symbol('kTransform');
const handleOf = Symbol('kHandle');

function check(self, name) {
  if (self === null || typeof self !== 'object' || self[transformOf] === undefined) throw new codes.ERR_INVALID_THIS(name);
  return self;
}

const isHighSurrogate = (text, index) => text.charCodeAt(index) >= 0xd800 && text.charCodeAt(index) <= 0xdbff;

class TextEncoderStream {
  constructor() {
    const encoder = new TextEncoder();
    let rest = ''; // half of a pair whose other half may come with the next chunk
    this[handleOf] = encoder;
    this[transformOf] = new classes.TransformStream({
      transform(chunk, controller) {
        let text = rest + String(chunk);
        rest = '';
        if (text.length > 0 && isHighSurrogate(text, text.length - 1)) {
          rest = text[text.length - 1];
          text = text.slice(0, -1);
        }
        if (text.length > 0) controller.enqueue(encoder.encode(text));
      },
      flush(controller) {
        if (rest !== '') controller.enqueue(encoder.encode(rest));
      },
    });
  }

  get encoding() {
    return check(this, 'TextEncoderStream')[handleOf].encoding;
  }

  get readable() {
    return check(this, 'TextEncoderStream')[transformOf].readable;
  }

  get writable() {
    return check(this, 'TextEncoderStream')[transformOf].writable;
  }
}

class TextDecoderStream {
  constructor(encoding = 'utf-8', options = {}) {
    const decoder = new TextDecoder(encoding, options);
    this[handleOf] = decoder;
    this[transformOf] = new classes.TransformStream({
      transform(chunk, controller) {
        const text = decoder.decode(chunk, { stream: true });
        if (text !== '') controller.enqueue(text);
      },
      flush(controller) {
        const text = decoder.decode();
        if (text !== '') controller.enqueue(text);
      },
    });
  }

  get encoding() {
    return check(this, 'TextDecoderStream')[handleOf].encoding;
  }

  get fatal() {
    return check(this, 'TextDecoderStream')[handleOf].fatal;
  }

  get ignoreBOM() {
    return check(this, 'TextDecoderStream')[handleOf].ignoreBOM;
  }

  get readable() {
    return check(this, 'TextDecoderStream')[transformOf].readable;
  }

  get writable() {
    return check(this, 'TextDecoderStream')[transformOf].writable;
  }
}

for (const [constructor, names] of [[TextEncoderStream, ['encoding', 'readable', 'writable']],
                                    [TextDecoderStream, ['encoding', 'fatal', 'ignoreBOM', 'readable', 'writable']]]) {
  const { prototype } = constructor;
  for (const name of names) Object.defineProperty(prototype, name, { enumerable: true });
  defineInspection(prototype, constructor.name, (self) => {
    check(self, constructor.name);
    return Object.fromEntries(names.map((name) => [name, self[name]]));
  });
}

module.exports = { TextDecoderStream, TextEncoderStream };
