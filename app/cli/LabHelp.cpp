// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LabHelp.h"

namespace loopscope {

QString LabHelp::overview()
{
    return tr(
        R"text(loopscope lab SCENARIO [OPTIONS]: serves one script under several server models, under the same load, and compares them.

SCENARIO is a JSON file (docs/server-lab.md) or the name of a preset. Every figure says what kind of truth it is: real (measured on this
machine), simulated (the real script in virtual time) or modelled (no script runs: a discrete-event simulation of its requests).

  --list                 list the presets
  --model M,M|all        event-loop, workers, cluster, thread-per-request, thread-pool, processes (default: those of the scenario)
  --truth T,T            real, simulated or modelled (default: that of the scenario); real runs go one after the other, since they share
                         the machine, the others beside each other
  --peer node            the installed Node too, as one more real server
  --set KNOB=VALUE       rate, clients, ioMilliseconds, cpuMilliseconds, threads, cores, keepAliveSeconds (may be given several times);
                         one that changes nothing under any of the runs is told
  --seconds S            measure for S seconds
  --seed N               of all that is drawn
  --follow N             show the way of request N through every model
  --threads              show what each thread and process of a real server used: CPU, waiting for a core, memory
  --pace X               X virtual seconds a second (default 0: as fast as it goes); for --stream
  --limit S              stop a run that takes longer than S seconds
  --record FILE          keep each simulated run as a recording: the script's events, what its threads do, the way of every request
                         (several models: one file each, with the model in its name); 'loopscope studio FILE' opens it
  --max-events N         end the recording after N events, not the run (default 3000000; 0: without limit)
  -o FILE                save the report: scenario, results, samples over time
  --json                 print the report instead of the table
  --stream               print what happens while it happens, one JSON object a line, and obey commands on standard input
  --quiet                no lines of progress on standard error

Other commands ('loopscope lab COMMAND --help' tells more):

  loopscope lab follow   shows the way of any request of a recorded run
  loopscope lab profile  shows what the requests of a scenario need: computing and waiting, route by route
  loopscope lab sweep    runs a scenario at several loads, and finds where each model bends and breaks
  loopscope lab compare  says what differs between two saved reports, and whether that is more than chance
  loopscope lab export   writes a saved report or sweep as CSV, JSON, HTML or SVG
  loopscope lab merge    puts the parts of a sweep together
  loopscope lab queue    simulates one queue, event by event, and puts the formula beside it
  loopscope lab load     puts a load on a server of this machine and measures how long its answers take

Ctrl+C ends the runs and shows what there is; a second time it ends at once.
Exit code 0: every run has a result. 1: one of them has none. 2: the command line or the scenario is wrong. 130: stopped.

Examples:
  loopscope lab --list
  loopscope lab rest-api
  loopscope lab rest-api --truth real --peer node --seconds 5
  loopscope lab my-scenario.json --model event-loop,thread-pool --set rate=2000 --follow 17 -o before.json
)text");
}

QString LabHelp::follow()
{
    return tr(
        R"text(loopscope lab follow RECORDING [NUMBER ...] [--json]: shows the way of requests of a simulated run that was recorded
('loopscope lab SCENARIO --record RECORDING'): when they waited, on which thread they ran, what they waited for.
Without numbers it lists the slowest ones.

  --most N               list at most N (default 20)
  --json                 print them as JSON, with all steps

Exit code 0: shown. 1: the recording has no request of that number. 2: it cannot be read, or is none of a server.

Examples:
  loopscope lab rest-api --model thread-pool --truth simulated --record pool.lscope
  loopscope lab follow pool.lscope
  loopscope lab follow pool.lscope 17
)text");
}

QString LabHelp::exportFile()
{
    return tr(
        R"text(loopscope lab export FILE [--format FORMAT] [-o TARGET]: writes a saved report ('loopscope lab SCENARIO -o FILE') or a saved sweep
in another format. Without -o to standard output; without --format by the ending of TARGET.

  csv                    a row for each run, or point of a sweep: all its figures, in the units that the first row says
  samples                a row for each sample: the course of all runs over time, as CSV (reports only)
  json                   what was saved
  html                   verdict, table and charts in one file that loads nothing
  svg                    the charts

loopscope lab compare A.json B.json [--json] [-o FILE.html|FILE.json]: says model by model what differs between two saved reports, and whether it is more than chance
gives from run to run (95 % confidence intervals by batch means over the samples of both).
Exit code 0: nothing beyond chance. 1: something. 2: they cannot be compared.

Examples:
  loopscope lab rest-api --truth real -o before.json
  loopscope lab rest-api --truth real -o after.json
  loopscope lab compare before.json after.json -o changes.html
  loopscope lab export after.json -o after.html
)text");
}

QString LabHelp::sweep()
{
    return tr(
        R"text(loopscope lab sweep SCENARIO --over KNOB --from A --to B [OPTIONS]: runs a scenario at several values of one knob, and finds for
each server model where it answers no more, where its p99 rises, where it breaks, and where another model takes the lead.

  --over KNOB            rate, clients, ioMilliseconds, cpuMilliseconds, threads, cores or keepAliveSeconds
  --from A, --to B       first and last value; those between grow by the same factor each time, or from 0 by the same step
  --steps N              how many values (default 10), or
  --factor F             each F times the one before
  --model, --truth, --set, --seconds, --seed, --peer   as for 'loopscope lab'
  --resume FILE          go on with a sweep that was stopped: what its saved report has is kept; the report goes to FILE, too, without -o
  --shard I/N            run only part I of N, for GNU parallel, a Slurm array, or several machines
  --limit S              stop a run that takes longer than S seconds
  -o FILE                save the sweep, or the part of it
  --json, --quiet        as for 'loopscope lab'

Simulated and modelled runs go as many at a time as there are cores, real ones one after the other.

loopscope lab merge PART.json... [-o ALL.json]: checks that all parts are there and belong together, and puts them together.

Examples:
  loopscope lab sweep rest-api --over rate --from 100 --to 10000 --truth modelled
  for i in 1 2 3 4; do loopscope lab sweep rest-api --over clients --from 1 --to 10000 --shard $i/4 -o part-$i.json & done; wait
  loopscope lab merge part-*.json -o all.json
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

QString LabHelp::load()
{
    return tr(
        R"text(loopscope lab load URL [OPTIONS]: puts a load on a server of this machine (127.0.0.1, ::1, localhost) and measures how long its
answers take (real).

A URL that begins with ws: is one of WebSocket: clients connect and stay; requests are messages, and whoever hears one of them
counts with a latency of its own.

  --arrivals A           closed[:CLIENTS] (default): each client asks, waits for the answer, thinks, asks again
                         poisson[:RATE], even[:RATE]: so many requests a second, whatever the server does
                         bursts[:SIZE:SECONDS]: SIZE at once, every so many seconds
                         ramp:FROM:TO[:SECONDS]: Poisson with a rate that changes, over the whole run if no time is given
                         replay:FILE: one time a line in seconds, then the path, if another than that of the URL
  --clients N            of a closed load, or of WebSocket (default 10)
  --think D              seconds that a client thinks: exp:RATE, det:TIME and the others of 'lab queue' (default det:0)
  --rate R               requests a second; makes an open load, Poisson if --arrivals says nothing else
  --duration S           (default 10)
  --warmup S             before it, not counted (default 0)
  --requests N           at most
  --timeout S            of one request (default 10)
  --connections N        of an open load, at most (default 4096); requests beyond wait for one
  --idle N               so many connections more that are opened first and ask nothing
  --no-keep-alive        every request has a connection of its own
  --threads N            of the load generator (default 1)
  --interval S           of a closed load: how often each client ought to ask; makes up for what it did not ask while it waited
  --method M, --header 'NAME: VALUE', --body TEXT, --body-size N, --body-file FILE
                         what is asked (default GET, with a body POST)
  --numbered             with the header x-loopscope-request: N
  --seed N               of arrivals, thinking and routes (default 1)
  --latencies FILE.csv   write each request: number, when it was due and sent, latency, status (the first 10000000)
  --json                 print one JSON object; times in seconds

'Since it was due' counts from the moment at which a request was meant to be made, so that requests which the server kept from being sent
count as well (coordinated omission). Ctrl+C ends the load and shows what there is. Exit code 2: no request was answered.

Examples:
  loopscope lab load http://127.0.0.1:3000/ --clients 100
  loopscope lab load http://127.0.0.1:3000/users --rate 2000 --duration 30 --json
  loopscope lab load http://127.0.0.1:3000/ --arrivals ramp:100:5000 --duration 60
  loopscope lab load ws://127.0.0.1:3000/room --clients 50 --rate 50
)text");
}

QString LabHelp::profile()
{
    return tr(
        R"text(loopscope lab profile SCENARIO [OPTIONS]: shows what the requests of a scenario need. Its script runs as one event loop that a single
client asks, a route at a time; what a request computes and waits for is followed from step to step. Modelled runs draw their requests from
such a profile. SCENARIO is a JSON file (docs/server-lab.md) or the name of a preset.

  --truth real|simulated measured on this machine, or in virtual time (default)
  --requests N           of each route at most (default 200)
  --seconds S            for each route at most (default 1 in real runs, 30 in simulated ones)
  --set KNOB=VALUE       as for 'loopscope lab'
  --seed N               of all that is drawn
  -o FILE                save the profile, every request of it: a scenario whose member "profile" names it needs no script in modelled runs
  --scenario FILE        save the scenario with that profile; after real runs with the costs, too, with which simulated ones take as long
  --json                 print one JSON object

A real profile also tells what a statement and a request have to cost in simulated runs so that they take as long as on this machine.

Examples:
  loopscope lab profile rest-api
  loopscope lab profile rest-api --truth real -o measured.json --scenario rest-api-here.json
  loopscope lab rest-api-here.json --truth simulated,modelled
)text");
}

} // namespace loopscope
