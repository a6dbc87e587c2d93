// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
for (const bad of ['(', ')', '[', '*', 'a**', '+', '?', '\\', 'a{2,1}', '(?', '(?a)', '[b-a]', 'x{1}{2}', '(?:', '(?<=a)*', '{1}']) {
  try { new RegExp(bad); console.log('fine', bad); } catch (error) { console.log(error.name + ': ' + error.message); }
}
for (const bad of ['{', '}', ']', '\\-', '\\1', '\\c', '\\u{110000}', '\\u{', 'a{1', '[\\d-x]', '(?=a)*', '\\08', '\\x1']) {
  try { new RegExp(bad, 'u'); console.log('fine', bad); } catch (error) { console.log(error.name + ': ' + error.message); }
}
