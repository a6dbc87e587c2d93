// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// The head that Node prints above an uncaught error which its own code threw: place and line of that code, and a caret. Places and lines are those
// of the Node.js that process.version names.

const head = (place, line, column = line.search(/\S/)) => `node:${place}\n${line}\n${' '.repeat(column)}^\n\n`;

const checked = head('internal/errors:541', '      throw error;');
const failed = head('assert:90', '  throw new AssertionError(obj);');
const byOperator = {
  fail: head('assert:137', '  throw err;'),
  '==': head('internal/assert/utils:281', '    throw err;'), // of a value; equal() fails as the others do
};

const byCode = {
  MODULE_NOT_FOUND: head('internal/modules/cjs/loader:1210', '  throw err;'),
  ERR_MODULE_NOT_FOUND: head('internal/modules/esm/resolve:283', '    throw new ERR_MODULE_NOT_FOUND('),
  ERR_UNHANDLED_ERROR: head('events:515', "    throw err; // Unhandled 'error' event"),
  ERR_INVALID_URL: head('internal/url:806', '    const href = bindingUrl.parse(input, base, raiseException);', 28),
  ERR_STREAM_NULL_VALUES: head('internal/streams/writable:461', '    throw new ERR_STREAM_NULL_VALUES();'),
  ERR_ENCODING_NOT_SUPPORTED: head('internal/encoding:409', '        throw new ERR_ENCODING_NOT_SUPPORTED(encoding);'),
};

// By code and function, where that one checks its arguments itself.
const byFunction = {
  'ERR_INVALID_ARG_TYPE from': head('buffer:322', '  throw new ERR_INVALID_ARG_TYPE('),
  'ERR_INVALID_ARG_TYPE emitWarning': head('internal/process/warning:176', "    throw new ERR_INVALID_ARG_TYPE('warning', ['Error', 'string'], warning);"),
  'ERR_INVALID_ARG_TYPE inherits': head('util:330', "    throw new ERR_INVALID_ARG_TYPE('superCtor.prototype',"),
  'ERR_INVALID_ARG_TYPE dispatchEvent': head('internal/event_target:761', "      throw new ERR_INVALID_ARG_TYPE('event', 'Event', event);"),
  'ERR_INVALID_ARG_VALUE require': head('internal/modules/cjs/loader:1284', "    throw new ERR_INVALID_ARG_VALUE('id', id,"),
};

const packageNotFound = head('internal/modules/esm/resolve:873', '  throw new ERR_MODULE_NOT_FOUND(packageName, fileURLToPath(base), null);', 8);

const bySystemCall = {
  open: head('fs:573', '  return binding.open(', 17),
  scandir: head('fs:1521', '  const result = binding.readdir(', 25),
  stat: head('fs:1681', '  const stats = binding.stat(', 24),
  lstat: head('fs:1656', '  const stats = binding.lstat(', 24),
  fstat: head('fs:1633', '  const stats = binding.fstat(fd, options.bigint, undefined, false);', 24),
  mkdir: head('fs:1386', '  const result = binding.mkdir(', 25),
  rmdir: head('fs:1214', '  binding.rmdir(pathModule.toNamespacedPath(path));', 10),
  unlink: head('fs:1889', '  binding.unlink(path);', 10),
  rename: head('fs:1032', '  binding.rename(', 10),
  access: head('fs:244', '  binding.access(pathModule.toNamespacedPath(path), mode);', 10),
  copyfile: head('fs:3047', '  binding.copyFile(', 10),
  readlink: head('fs:1729', '  return binding.readlink(', 17),
  symlink: head('fs:1822', '  binding.symlink(', 10),
  link: head('fs:1862', '  binding.link(', 10),
  chmod: head('fs:1999', '  binding.chmod(', 10),
  utime: head('fs:2150', '  binding.utimes(', 10),
  mkdtemp: head('fs:3005', '  return binding.mkdtemp(prefix, options.encoding);', 17),
  close: head('fs:525', '  binding.close(fd);', 10),
  read: head('fs:750', '  return binding.read(fd, buffer, offset, length, position);', 17),
  ftruncate: head('fs:1126', '  binding.ftruncate(fd, len);', 10),
  fsync: head('fs:1326', '  binding.fsync(fd);', 10),
  chown: head('fs:2112', '  binding.chown(', 10),
};
const wholeFile = head('fs:2380', '    return binding.writeFileUtf8(', 19); // opened for writing

const emitted = head('events:502', "      throw er; // Unhandled 'error' event");
const rejected = head('internal/process/promises:391', '    triggerUncaughtException(err, true /* fromPromise */);');
const openRejected = head('internal/fs/promises:637', '  return new FileHandle(await PromisePrototypeThen(', 24);

const statRejected = head('internal/fs/promises:1033', '  const result = await PromisePrototypeThen(', 17);
const callRejected = head('internal/fs/promises:604', '  return await PromisePrototypeThen(', 9);

/** For an error from a promise that no code of the program's made. */
function headOfRejection(error) {
  if (error.code === 'ERR_MODULE_NOT_FOUND') return headOfOwnError(error, '');
  const { syscall } = error;
  if (typeof syscall !== 'string' || !String(error.stack).includes('node:internal/fs/promises')) return rejected;
  if (syscall === 'open') return openRejected;
  return /^(?:l?stat|scandir)$/.test(syscall) ? statRejected : callRejected;
}

/** For an error that the runtime's own code threw; `functionName`: of the public function that did. Undefined if there is no telling. */
function headOfOwnError(error, functionName) {
  const { code, syscall } = error;
  if (typeof code !== 'string') return undefined;
  if (code === 'ERR_ASSERTION') return error.operator === '==' && error.expected !== true ? failed : byOperator[error.operator] || failed;
  if (code === 'ERR_MODULE_NOT_FOUND' && error.message.includes('package')) return packageNotFound;
  const known = byCode[code] || byFunction[`${code} ${functionName}`];
  if (known !== undefined) return known;
  if (syscall === 'open' && /^(?:write|append)FileSync$/.test(functionName)) return wholeFile;
  if (typeof syscall === 'string') return bySystemCall[syscall];
  return code.startsWith('ERR_') ? checked : undefined;
}

/** V8 takes the text that JSON.parse was given for a script. */
function headOfJson({ source, position }) {
  const before = source.slice(0, position).split('\n');
  const line = source.split('\n')[before.length - 1];
  const caret = position < source.length ? `${' '.repeat(before[before.length - 1].length)}^\n` : '';
  return `<anonymous_script>:${before.length}\n${line}\n${caret}\n`;
}

module.exports = { emitted, headOfJson, headOfOwnError, headOfRejection };
