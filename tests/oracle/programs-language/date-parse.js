// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
for (const text of ['2020-01-01', '2020-01-01T00:00', '2020-01-01T00:00:00.123456Z', '2020-01-01T10:00:00+02:00', 'Jan 1, 2020', '1 January 2020 10:00 GMT', 'Wed, 09 Aug 1995 00:00:00', 'Wed, 09 Aug 1995 00:00:00 GMT', '2020/02/03', '2020-1-1', '12/25/1995', '12/25/1995 5:30 PM', 'Thu, 01 Jan 1970 00:00:00 GMT+0200', '2020-13-01', 'foo', '', '2020', '2020-06', 'Tue Mar 01 2022 10:00:00 GMT+0100 (CET)', 'March 7', 'Mar 3 2021 25:00', '2020-01-01 12:34:56', 'Mon, 25 Dec 1995 13:30:00 +0430', '1995-12-17T03:24:00', '+002020-01-01T00:00:00Z']) {
  console.log(JSON.stringify(text), Date.parse(text));
}
console.log(Date.parse(new Date(0).toString()), Date.parse(new Date(0).toUTCString()), new Date('2020-02-30').getTime(), new Date(8.64e15 + 1).getTime(), Date.UTC(2020), Date.UTC(2020, 1, 30), Date.UTC());
