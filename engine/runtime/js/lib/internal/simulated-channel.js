// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The channel between a process and the child that it forked (child-channel.js) on simulated I/O: over a control port.

const { adoptHandle, idOf, kindOf } = require('./handles');

/** `hold(change)`: what keeps the loop alive. What comes through `control` is for the owner to give to deliver() and closed(). */
class PortTransport {
  constructor(control, serialization, hold) {
    Object.assign(this, { control, hold, isAdvanced: serialization === 'advanced', isHeld: false, isOpen: true, fd: undefined, queuedBytes: 0 });
  }

  start(receive, onClosed) {
    Object.assign(this, { receive, onClosed });
    this.ref();
  }

  /** 1: done at once. */
  send(message, handle) {
    const value = this.isAdvanced ? require('../v8').serialize(message) : JSON.stringify(message);
    if (handle) this.control.post({ type: 'message', value, kind: kindOf(handle) }, undefined, [idOf(handle)]);
    else this.control.post({ type: 'message', value });
    return 1;
  }

  deliver({ value, kind }, numbers) {
    if (!this.isOpen) return;
    const message = this.isAdvanced ? require('../v8').deserialize(value) : JSON.parse(value);
    this.receive(message, () => (kind === undefined ? undefined : adoptHandle(kind, numbers[0])));
  }

  /** The other end was closed, or is gone. */
  closed() {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.onClosed();
  }

  close() {
    this.unref();
    if (!this.isOpen) return;
    this.isOpen = false;
    this.control.post({ type: 'disconnect' });
  }

  ref() {
    if (this.isHeld || !this.isOpen) return;
    this.hold(1);
    this.isHeld = true;
  }

  unref() {
    if (this.isHeld) this.hold(-1);
    this.isHeld = false;
  }
}

module.exports = { PortTransport };
