// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ProfileHelp.h"

namespace loopscope {

QString ProfileHelp::text()
{
    return tr(R"text(loopscope profile REC [OPTIONS]: says who held the loop, who waited because of it, and what to do about it.

REC is a recording of any run. Told are: the verdict with its evidence; what held the loop longer than a threshold, with those who waited
for it by name; how the loop fared (busy, held, its phases, the thread pool); callbacks by kind: how long they ran, were ready and had to
wait, and were not ready; functions by the time of their own; awaits by the time waited; how busy and how full the loop's queues were from
slice to slice of the run; and which callbacks started which, with the time between.

  --with REC2     compare with this recording instead: what got faster or slower in it, by function and await
  --callers       the call tree from below instead: functions by the time of their own, and who called them
  --source [FILE] the source instead, each line with what it cost; FILE: this one of the files only, by the end of its path
  --threshold MS  what holds the loop for less is not told of (default 10)
  --loop N        which loop: 0 is the main script's (default), others in the order of their start
  --rows N        so many rows of each table at most (and slices of time), and so many victims of each blocker (default 10)
  --json          everything, for programs; times are ns (docs/profiler.md)

Examples:
  loopscope run server.js --record server.lscope; loopscope profile server.lscope
  loopscope profile server.lscope --threshold 2 --rows 3
  loopscope profile before.lscope --with after.lscope
  loopscope profile server.lscope --json | jq '.findings[].text'
)text");
}

} // namespace loopscope
