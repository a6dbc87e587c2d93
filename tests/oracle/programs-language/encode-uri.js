// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
console.log(encodeURIComponent('é \u{1F600}/?&=#'), encodeURI('http://a/?b=é&c=d e#x'), decodeURIComponent('%C3%A9%20%F0%9F%98%80'), decodeURI('%23%C3%A9'), escape('é\u0100 +'), unescape('%u0100%e9'));
for (const bad of [() => decodeURIComponent('%'), () => decodeURIComponent('%E9'), () => decodeURI('%ff'), () => encodeURIComponent('\udc00')]) {
  try { bad(); } catch (error) { console.log(error.name, error.message, error instanceof URIError); }
}
