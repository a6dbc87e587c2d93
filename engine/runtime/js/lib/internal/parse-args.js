// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// util.parseArgs.

const { codes } = require('../../core/errors');
const { validateArray, validateBoolean, validateBooleanArray, validateObject, validateString,
        validateStringArray } = require('../../core/validators');

const hasOwn = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
const own = (object, name) => (hasOwn(object, name) ? object[name] : undefined);

function firstDefined(value, fallback) {
  return value === undefined || value === null ? fallback : value;
}

function validateOption(name, option) {
  const label = `options.${name}`;
  validateObject(option, label);
  const type = own(option, 'type');
  if (type !== 'string' && type !== 'boolean') {
    throw new codes.ERR_INVALID_ARG_TYPE(`${label}.type`, "('string|boolean')", type);
  }
  if (hasOwn(option, 'short')) {
    validateString(option.short, `${label}.short`);
    if (option.short.length !== 1) {
      throw new codes.ERR_INVALID_ARG_VALUE(`${label}.short`, option.short, 'must be a single character');
    }
  }
  if (hasOwn(option, 'multiple')) validateBoolean(option.multiple, `${label}.multiple`);
  const fallback = own(option, 'default');
  if (fallback === undefined) return;
  if (type === 'string') (option.multiple ? validateStringArray : validateString)(fallback, `${label}.default`);
  else (option.multiple ? validateBooleanArray : validateBoolean)(fallback, `${label}.default`);
}

class Tokenizer {
  constructor(args, options) {
    this.rest = args.slice();
    this.options = options;
    this.tokens = [];
    this.index = -1;
    // Options of an expanded group (-abc) share one index.
    this.inGroup = 0;
  }

  typeOf(name) {
    return hasOwn(this.options, name) ? own(this.options[name], 'type') : undefined;
  }

  longName(short) {
    const found = Object.keys(this.options).find((name) => own(this.options[name], 'short') === short);
    return found === undefined ? short : found;
  }

  option(name, rawName, value, inlineValue) {
    this.tokens.push({ kind: 'option', name, rawName, index: this.index, value, inlineValue });
  }

  /** An option that takes its value, if it has one, from the next argument. */
  loneOption(name, rawName) {
    const takesNext = this.typeOf(name) === 'string' && this.rest.length > 0;
    if (!takesNext) {
      this.option(name, rawName, undefined, undefined);
      return;
    }
    this.option(name, rawName, this.rest.shift(), false);
    ++this.index;
  }

  expandGroup(arg) {
    const expanded = [];
    for (let i = 1; i < arg.length; ++i) {
      if (this.typeOf(this.longName(arg[i])) === 'string' && i !== arg.length - 1) {
        expanded.push(`-${arg.slice(i)}`);
        break;
      }
      expanded.push(`-${arg[i]}`);
    }
    this.rest.unshift(...expanded);
    this.inGroup = expanded.length;
  }

  run() {
    while (this.rest.length > 0) {
      const arg = this.rest.shift();
      if (this.inGroup > 0) --this.inGroup;
      else ++this.index;
      if (arg === '--') {
        this.tokens.push({ kind: 'option-terminator', index: this.index });
        for (const value of this.rest) this.tokens.push({ kind: 'positional', index: ++this.index, value });
        break;
      }
      this.consume(arg);
    }
    return this.tokens;
  }

  consume(arg) {
    if (arg.startsWith('--') && arg.length > 2) {
      const equals = arg.indexOf('=', 3);
      if (equals === -1) this.loneOption(arg.slice(2), arg);
      else this.option(arg.slice(2, equals), `--${arg.slice(2, equals)}`, arg.slice(equals + 1), true);
    } else if (arg[0] === '-' && arg.length === 2) {
      this.loneOption(this.longName(arg[1]), arg);
    } else if (arg[0] === '-' && arg.length > 2) {
      const name = this.longName(arg[1]);
      if (this.typeOf(name) === 'string') this.option(name, `-${arg[1]}`, arg.slice(2), true);
      else this.expandGroup(arg);
    } else {
      this.tokens.push({ kind: 'positional', index: this.index, value: arg });
    }
  }
}

function checkUsage(config, token) {
  let { name } = token;
  const unknown = () => new codes.ERR_PARSE_ARGS_UNKNOWN_OPTION(token.rawName, config.allowPositionals);
  if (!hasOwn(config.options, name)) {
    if (!config.allowNegative || !name.startsWith('no-')) throw unknown();
    name = name.slice(3);
    if (!hasOwn(config.options, name) || own(config.options[name], 'type') !== 'boolean') throw unknown();
  }
  const { short, type } = config.options[name];
  const label = `${short ? `-${short}, ` : ''}--${name}`;
  if (type === 'string' && typeof token.value !== 'string') {
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${label} <value>' argument missing`);
  }
  if (type === 'boolean' && token.value !== undefined && token.value !== null) {
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${label}' does not take an argument`);
  }
}

function checkAmbiguity(token) {
  if (token.inlineValue || !token.value || token.value.length < 2 || token.value[0] !== '-') return;
  const example = token.rawName.startsWith('--') ? `'${token.rawName}=-XYZ'` :
    `'--${token.name}=-XYZ' or '${token.rawName}-XYZ'`;
  throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${token.rawName}' argument is ambiguous.
Did you forget to specify the option argument for '${token.rawName}'?
To specify an option argument starting with a dash use ${example}.`);
}

function store(token, config, values) {
  let { name, value } = token;
  if (name === '__proto__') return;
  if (config.allowNegative && name.startsWith('no-') && value === undefined) {
    name = name.slice(3);
    token.name = name;
    value = false;
  }
  const stored = firstDefined(value, true);
  if (hasOwn(config.options, name) && own(config.options[name], 'multiple')) {
    if (values[name]) values[name].push(stored);
    else values[name] = [stored];
  } else {
    values[name] = stored;
  }
}

/** What follows the script in process.argv, or the text that an option of Node.js gave to be run. */
function mainArguments() {
  const isEvaluated = process.execArgv.some((option) => ['-e', '--eval', '-p', '--print'].includes(option));
  return process.argv.slice(isEvaluated ? 1 : 2);
}

function parseArgs(config = {}) {
  const args = firstDefined(own(config, 'args'), mainArguments());
  const strict = firstDefined(own(config, 'strict'), true);
  const allowPositionals = firstDefined(own(config, 'allowPositionals'), !strict);
  const returnTokens = firstDefined(own(config, 'tokens'), false);
  const allowNegative = firstDefined(own(config, 'allowNegative'), false);
  const options = firstDefined(own(config, 'options'), Object.create(null));
  validateArray(args, 'args');
  validateBoolean(strict, 'strict');
  validateBoolean(allowPositionals, 'allowPositionals');
  validateBoolean(returnTokens, 'tokens');
  validateBoolean(allowNegative, 'allowNegative');
  validateObject(options, 'options');
  for (const name of Object.keys(options)) validateOption(name, options[name]);

  const settings = { options, allowPositionals, allowNegative };
  const tokens = new Tokenizer(args, options).run();
  const result = { values: Object.create(null), positionals: [] };
  if (returnTokens) result.tokens = tokens;
  for (const token of tokens) {
    if (token.kind === 'option') {
      if (strict) {
        checkUsage(settings, token);
        checkAmbiguity(token);
      }
      store(token, settings, result.values);
    } else if (token.kind === 'positional') {
      if (!allowPositionals) throw new codes.ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(token.value);
      result.positionals.push(token.value);
    }
  }
  for (const name of Object.keys(options)) {
    const fallback = own(options[name], 'default');
    if (fallback !== undefined && result.values[name] === undefined && name !== '__proto__') {
      result.values[name] = fallback;
    }
  }
  return result;
}

module.exports = { parseArgs };
