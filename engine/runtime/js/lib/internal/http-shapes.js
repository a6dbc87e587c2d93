// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Messages have dozens of properties, most of them the same in each. A native function gives a new message all of them at once, which takes
// a tenth of the time of putting one after the other. The template is a message made the slow way.

const { http: native } = require('../../core/binding');
const EventEmitter = require('../events');
const { Readable } = require('../stream');

const { init } = EventEmitter;

class Template {
  constructor(message) {
    this.message = message;
    this.keys = Reflect.ownKeys(message);
  }

  /** Gives `message` its fields. False: they must be put one by one, since somebody has a word in the making of emitters. */
  copyTo(message) {
    if (EventEmitter.init !== init || EventEmitter.captureRejections || !native.takeFields(message, this.message, this.keys)) return false;
    message._events = Object.create(null);
    return true;
  }
}

const BufferList = new Readable()._readableState.buffer.constructor;
const stateTemplate = new Readable()._readableState;
const stateKeys = Reflect.ownKeys(stateTemplate);

function StateOfReadable(highWaterMark) {
  native.takeFields(this, stateTemplate, stateKeys);
  this.highWaterMark = highWaterMark;
  this.buffer = new BufferList();
  this.pipes = [];
}
StateOfReadable.prototype = Readable.ReadableState.prototype;

module.exports = { StateOfReadable, Template };
