// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const date = new Date(Date.UTC(2024, 1, 29, 13, 5, 9));
console.log(date.toLocaleString(), '|', date.toLocaleDateString(), '|', date.toLocaleTimeString(), '|', new Date(0).toLocaleTimeString('en-US', { hour12: false }));
console.log(date.toLocaleDateString('en-US', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }), '|', date.toLocaleDateString('en-GB'), '|', date.toLocaleDateString('de-DE'), '|', date.toLocaleTimeString('en-US', { hour: '2-digit', minute: '2-digit' }));
console.log(date.toLocaleDateString('en-US', { month: 'short', day: 'numeric' }), '|', date.toLocaleDateString('en-US', { year: '2-digit', month: '2-digit', day: '2-digit' }), '|', date.toLocaleString('en-US', { timeZone: 'America/New_York' }), '|', date.toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'short' }));
console.log(new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: 'numeric', second: 'numeric', timeZone: 'Asia/Tokyo', timeZoneName: 'short' }).format(date), '|', new Intl.DateTimeFormat('en-US').formatToParts(date).map((part) => `${part.type}:${part.value}`).join(), '|', new Intl.DateTimeFormat('en-US', { dateStyle: 'full' }).format(date));
console.log(new Intl.DateTimeFormat('sv-SE').format(date), '|', date.toLocaleTimeString('de-DE'), '|', date.toLocaleString('en-GB', { timeZone: 'UTC' }));
try { date.toLocaleString('en-US', { timeZone: 'Mars/Phobos' }); } catch (error) { console.log(error.name, error.message); }
