// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
for (const text of ['{', '', 'abc', '{"a":}', '[1,]', 'undefined', '{a:1}', '"abc', '01', '1 2', "{'a':1}", 'nul', '[1,2', '"\n"', '"\\x"', '-', '1.', '1e', '{"a"}', '{"a":1,}', '{"a":1 "b":2}', '[1 2]', '"\\u12"', 'tru', '{"key": "value", "other": oops, "more": 1}', '   ', '[object Object]', 'NaN', '<html><body>not json</body></html>', '{"a":"b"}}', '\u00a01']) {
  try { console.log(JSON.parse(text)); } catch (error) { console.log(error.name + ': ' + error.message); }
}
