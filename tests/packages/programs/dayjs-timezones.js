// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: dayjs
// does: Converts between time zones with the timezone plugin.
const dayjs = require('dayjs');
dayjs.extend(require('dayjs/plugin/utc'));
dayjs.extend(require('dayjs/plugin/timezone'));

const date = dayjs.utc('2024-07-01T12:00:00Z');
for (const zone of ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'])
    console.log(zone, date.tz(zone).format('YYYY-MM-DD HH:mm Z'));
console.log(dayjs.tz('2024-01-15 08:30', 'America/New_York').toISOString(), dayjs.tz('2024-07-15 08:30', 'Europe/Berlin').toISOString());
console.log(dayjs.tz.guess());
