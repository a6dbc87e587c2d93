// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: dayjs
// does: Parses, formats, adds, compares and localises dates; durations, zones and relative time through plugins.
const dayjs = require('dayjs');
dayjs.extend(require('dayjs/plugin/utc'));
dayjs.extend(require('dayjs/plugin/duration'));
dayjs.extend(require('dayjs/plugin/relativeTime'));
dayjs.extend(require('dayjs/plugin/customParseFormat'));
dayjs.extend(require('dayjs/plugin/weekOfYear'));
dayjs.extend(require('dayjs/plugin/isBetween'));
dayjs.extend(require('dayjs/plugin/toObject'));
dayjs.extend(require('dayjs/plugin/advancedFormat'));
require('dayjs/locale/de');

const date = dayjs('2024-02-29T13:45:10.123Z').utc();
console.log(date.format(), date.format('dddd D MMMM YYYY, HH:mm:ss.SSS A Z [literal]'), date.toISOString(), date.unix());
console.log(date.add(1, 'year').format('YYYY-MM-DD'), date.subtract(1, 'month').format('YYYY-MM-DD'), date.endOf('month').date(), date.startOf('week').format('ddd D'));
console.log(date.diff(dayjs.utc('2020-01-01'), 'day'), date.diff('2024-01-01', 'month', true).toFixed(3), date.isBefore('2025-01-01'), date.isSame('2024-02-01', 'month'));
console.log(date.isBetween('2024-01-01', '2024-03-01'), date.week(), date.daysInMonth(), date.format('Do Q'), date.set('month', 11).set('date', 31).format('YYYY-MM-DD'));
console.log(dayjs.duration({ hours: 25, minutes: 3 }).format('D[d] HH:mm'), dayjs.duration(90, 'minutes').asHours(), dayjs.duration(2, 'days').humanize(), dayjs.duration('P1Y2M3DT4H').toISOString());
console.log(dayjs.utc('2024-01-01').to(dayjs.utc('2024-01-04')), dayjs.utc('2024-01-01').from(dayjs.utc('2025-06-01')));
console.log(date.locale('de').format('dddd, D. MMMM YYYY'), dayjs.utc('2024-01-01').locale('de').to(dayjs.utc('2024-01-04')));
console.log(dayjs('12-25-1995', 'MM-DD-YYYY').format('YYYY/MM/DD'), dayjs('31.12.2023 5:07 PM', 'DD.MM.YYYY h:mm A').format('YYYY-MM-DDTHH:mm'), dayjs('40/40/2020', 'DD/MM/YYYY', true).isValid());
console.log(dayjs('nonsense').isValid(), String(dayjs('nonsense')), dayjs.utc('2024-03-10').toObject(), dayjs.utc(0).toJSON());
console.log([3, 1, 2].map((d) => dayjs.utc(`2024-01-0${d}`)).sort((a, b) => a - b).map((d) => d.format('DD')).join(), date.utcOffset(120).format('HH:mm Z'));
