// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// How many colours a terminal shows, told by the environment as Node 20 tells it.

const { validateInteger } = require('../../core/validators');

const depths = { none: 1, sixteen: 4, many: 8, all: 24 }; // bits
const forced = { '': depths.sixteen, 1: depths.sixteen, true: depths.sixteen, 2: depths.many, 3: depths.all };
const programs = { HyperTerm: depths.all, MacTerm: depths.all, Apple_Terminal: depths.many };
const services = ['APPVEYOR', 'BUILDKITE', 'CIRCLECI', 'DRONE', 'GITHUB_ACTIONS', 'GITLAB_CI', 'TRAVIS'];
const colourful = new Set(['mosh', 'rxvt-unicode-24bit', 'terminator']);
const plain = new Set(['eterm', 'cons25', 'console', 'cygwin', 'dtterm', 'gnome', 'hurd', 'jfbterm', 'konsole', 'kterm', 'mlterm', 'putty', 'st']);
const families = /ansi|color|linux|^con[0-9]*x[0-9]|^rxvt|^screen|^xterm|^vt100/;

/** A variable of process.env; undefined where the run may not see it. */
function own(name) {
  try {
    return process.env[name];
  } catch (error) {
    return undefined;
  }
}

let hasWarned = false;
function warnOfIgnored(get) {
  const names = ['NODE_DISABLE_COLORS', 'NO_COLOR'].filter((name) => get(name) !== undefined);
  if (hasWarned || names.length === 0) return;
  hasWarned = true;
  process.emitWarning(`The '${names.join("' and '")}' env is ignored due to the 'FORCE_COLOR' env being set.`, 'Warning');
}

function depthOfTerm(term) {
  if (term.startsWith('xterm-256')) return depths.many;
  const name = term.toLowerCase();
  if (colourful.has(name)) return depths.all;
  return plain.has(name) || families.test(name) ? depths.sixteen : depths.none;
}

function depthOfProgram(get) {
  const program = get('TERM_PROGRAM');
  if (program === 'iTerm.app') return !get('TERM_PROGRAM_VERSION') || /^[0-2]\./.test(get('TERM_PROGRAM_VERSION')) ? depths.many : depths.all;
  return program === undefined ? undefined : programs[program];
}

function getColorDepth(env) {
  const get = env === undefined ? own : (name) => env[name];
  if (get('FORCE_COLOR') !== undefined) {
    const depth = forced[get('FORCE_COLOR')];
    if (depth === undefined) return depths.none;
    warnOfIgnored(get);
    return depth;
  }
  if (get('NODE_DISABLE_COLORS') !== undefined || get('NO_COLOR') !== undefined || get('TERM') === 'dumb') return depths.none;
  if (get('TMUX')) return depths.many;
  if (get('CI')) return services.some((name) => get(name) !== undefined) || get('CI_NAME') === 'codeship' ? depths.many : depths.none;
  const teamcity = get('TEAMCITY_VERSION');
  if (teamcity !== undefined) return /^(9\.(0*[1-9]\d*)\.|\d{2,}\.)/.test(teamcity) ? depths.sixteen : depths.none;
  const ofProgram = depthOfProgram(get);
  if (ofProgram !== undefined) return ofProgram;
  if (get('COLORTERM') === 'truecolor' || get('COLORTERM') === '24bit') return depths.all;
  const ofTerm = get('TERM') ? depthOfTerm(get('TERM')) : depths.none;
  return ofTerm === depths.none && get('COLORTERM') ? depths.sixteen : ofTerm;
}

function hasColors(count, env) {
  if (env === undefined && (count === undefined || (typeof count === 'object' && count !== null))) return 16 <= 2 ** getColorDepth(count);
  validateInteger(count, 'count', 2);
  return count <= 2 ** getColorDepth(env);
}

module.exports = { getColorDepth, hasColors };
