// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const name = 'World';
const nested = `outer ${`inner ${1 + 1}`} ${[1, 2].map((n) => `<${n}>`).join('')}`;
console.log(`Hello ${name}!`, nested, `multi
line`, `\u0041\x42\n`.length, `${{}} ${[1, 2]} ${null} ${undefined} ${() => 1}`, `\``, `$notexpr {x} \${x}`);
function tag(strings, ...values) { return strings.raw.map((part, i) => `${part}[${values[i] === undefined ? '' : values[i]}]`).join(''); }
console.log(tag`a${1}b\n${2}c`, ((s) => s.length)`x${1}y`, String.raw`C:\new\${name}`, ((strings) => Object.isFrozen(strings) && Array.isArray(strings.raw))`q`);
const same = () => ((strings) => strings)`same`;
console.log(same() === same());
const dedent = (strings, ...values) => strings.reduce((out, part, i) => out + part.replace(/\n\s+/g, '\n') + (i < values.length ? values[i] : ''), '').trim();
console.log(dedent`
    first ${1}
      second ${2}
`);
