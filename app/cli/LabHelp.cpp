// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LabHelp.h"

namespace loopscope {

QString LabHelp::overview()
{
    return tr(R"text(loopscope lab COMMAND: puts server models beside each other.

  loopscope lab queue [OPTIONS]   simulates one queue, event by event, and puts the formula beside it
  loopscope lab COMMAND --help    tells more about a command
)text");
}

QString LabHelp::queue()
{
    return tr(
        R"text(loopscope lab queue [OPTIONS]: simulates one queue in front of some servers, from event to event, and puts beside it what
queueing theory says, where it says something (modelled: no script runs).

  --arrivals A           poisson:RATE, or the distribution of the times between arrivals
  --service D            distribution of the service that a customer asks for
  --servers N            how many servers there are (default 1)
  --discipline fifo|ps   first come, first served (default), or processor sharing: all are served at once, each more slowly
  --capacity K           customers in the system at most, those being served too; who comes then is lost (default: no limit)
  --customers N          how many are counted (default 1000000)
  --warmup N             how many are served before, and not counted (default: a tenth, at most a million)
  --seed N               of all random numbers (default 1)
  --json                 print one JSON object

Distributions: exp:RATE, det:TIME, erlang:K:RATE, hyperexp:P:R1:R2, lognormal:MU:SIGMA, pareto:SHAPE:SCALE, empirical:FILE (one number a line).
Times have any unit, the same for all.

Each figure comes with half the width of its 95 % confidence interval (batch means, 30 batches). Little's law L = lambda W is a check: L is
counted on its own.

Examples:
  loopscope lab queue --arrivals poisson:3.6 --service exp:1 --servers 4 --customers 5000000
  loopscope lab queue --arrivals poisson:0.8 --service lognormal:-0.5:1 --discipline ps --json
  loopscope lab queue --arrivals det:1 --service erlang:3:4 --servers 1 --capacity 10
)text");
}

} // namespace loopscope
