// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Addresses as text.

// One octet; an IPv6 group; the sixteen-bit groups of an address may be cut once by `::`, and its end may be an IPv4 address.
const octet = '(?:[0-9]|[1-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5])';
const ipv4 = new RegExp(`^(?:${octet}\\.){3}${octet}$`);
const group = /^[0-9a-fA-F]{1,4}$/;

function isIPv4(text) {
  return ipv4.test(`${text}`);
}

/** How many groups `text` (groups between colons, the last perhaps an IPv4 address) stands for; -1 if it is malformed. */
function countGroups(text, mayEndInIPv4) {
  if (text === '') return 0;
  const groups = text.split(':');
  let count = 0;
  for (let index = 0; index < groups.length; index++) {
    if (group.test(groups[index])) count += 1;
    else if (mayEndInIPv4 && index === groups.length - 1 && isIPv4(groups[index])) count += 2;
    else return -1;
  }
  return count;
}

function isIPv6(value) {
  const text = `${value}`;
  if (text.indexOf(':') === -1) return false; // as most texts that are asked about
  const [address, ...zones] = text.split('%');
  if (zones.length > 1 || (zones.length === 1 && !/^[0-9a-zA-Z\-.:]+$/.test(zones[0]))) return false;
  const halves = address.split('::');
  if (halves.length > 2) return false;
  if (halves.length === 1) return countGroups(address, true) === 8;
  const left = countGroups(halves[0], false);
  const right = countGroups(halves[1], true);
  return left >= 0 && right >= 0 && left + right <= 7;
}

function isIP(text) {
  if (isIPv4(text)) return 4;
  return isIPv6(text) ? 6 : 0;
}

module.exports = { isIP, isIPv4, isIPv6 };
