// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The way from the small, always loaded core to the large library that is loaded at its first use.
// `bootstrap` sets `load`; until then (and in the core's own tests) asking for a module is an error.

let load;

module.exports = {
  /** Sets the function that returns a library module's exports by name. */
  setLoader(loader) {
    load = loader;
  },

  /** Exports of a module in js/lib, for example lib.require('internal/inspect'). */
  require(name) {
    if (load === undefined) throw new Error(`The runtime library is not loaded yet: ${name}`);
    return load(name);
  },
};
