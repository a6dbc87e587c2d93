// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The corners of url.parse and url.resolve: hosts in odd places, dots, spaces, protocols with and without slashes; broken escapes in queries.
const url = require('url');
const querystring = require('querystring');

const addresses = ['HTTP:user@h:8080/a;b=c', 'http:user@h/a', 'data://u%40:p:q@[::1]?a=1#f', 'file://user@a/%20b/./x?', 'mailto:local1@domain1', 'https:c/d',
  '\u0001 http://x.y/ \u001f', 'http://a\tb.org/c', 'http://ex ample.org/', 'http://[::1]x/', 'javascript:alert("x")', '//user:pass@host/path', 'http://h:99999/x',
  'http://a@b@c/', 'http://a@b?@c', 'x:1/../y', '/a%zz?b#c', 'http://user%3apass@h', '//a/b', 'foo:///bar', ''];
for (const address of addresses) {
  const show = (call) => { try { return call(); } catch (error) { return `${error.code}`; } };
  const { protocol, slashes, auth, host, port, hostname, hash, search, pathname, href } = show(() => url.parse(address, true));
  console.log(JSON.stringify(address), [protocol, slashes, auth, host, port, hostname, hash, search, pathname, href]);
  for (const base of ['http://base.org/x/y?q#h', 'mailto:u@base.org', 'foo:a/b', '/p/q', 'file:///etc/x']) {
    console.log('  ', base, show(() => url.resolve(base, address)), show(() => url.resolve(address, '../z?w')), show(() => url.resolve(address, '?w')));
  }
}
console.log(['http://x', 'a..b', 'a b', 'español.com', 'x:80', '', 'xn--iñvalid.com'].map(url.domainToASCII));
for (const query of ['é=%E4%BD;é', '%zzé', 'a=%zz%41é', 'a+b=%20+']) {
  console.log(querystring.parse(query), new URLSearchParams(query).toString(), new URL(`http://h/?${query}`).searchParams.toString());
}
console.log(['\u00a0', '\ufeff', 'a', 'b', 'c', '\u0301', '日', '👩‍💻'], 'text'.split(undefined, 2), 'text'.split(undefined, 0));
