// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
function deep(n) { return n === 0 ? new Error('limit') : deep(n - 1); }
console.log(Error.stackTraceLimit, deep(30).stack.split('\n').length);
Error.stackTraceLimit = 3;
console.log(deep(30).stack.split('\n').length);
Error.stackTraceLimit = 0;
console.log(deep(3).stack);
Error.stackTraceLimit = 10;
Error.prepareStackTrace = (error, sites) => `${error.message} ${sites.slice(0, 2).map((site) => `${site.getFunctionName()} ${site.getFileName() === __filename} ${site.getLineNumber()} ${site.isConstructor()}`)}`;
console.log(deep(1).stack);
Error.prepareStackTrace = (error, sites) => sites;
console.log(Array.isArray(deep(1).stack), typeof deep(1).stack[0].getThis, deep(2).stack[0].toString().startsWith('deep ('));
Error.prepareStackTrace = undefined;
console.log(deep(1).stack.split('\n')[0]);
