// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const words = ['résumé', 'resume', 'Resume', 'apple', 'Äpfel', 'zebra', 'a', 'B', 'A', 'b'];
console.log(words.slice().sort((a, b) => a.localeCompare(b)).join());
console.log(words.slice().sort(new Intl.Collator('de').compare).join(), words.slice().sort(new Intl.Collator('sv').compare).join());
console.log('a'.localeCompare('b'), 'b'.localeCompare('a'), 'a'.localeCompare('a'), '2'.localeCompare('10'), '2'.localeCompare('10', undefined, { numeric: true }));
console.log('a'.localeCompare('A', undefined, { sensitivity: 'base' }), 'a'.localeCompare('á', 'en', { sensitivity: 'base' }), 'a'.localeCompare('á', 'en', { sensitivity: 'accent' }));
console.log(['item10', 'item9', 'item1'].sort(new Intl.Collator('en', { numeric: true }).compare));
