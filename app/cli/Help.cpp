// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Help.h"

#include "LabHelp.h"
#include "LessonsHelp.h"
#include "ProfileHelp.h"

namespace loopscope {

QString Help::version()
{
    return tr("loopscope %1 (rules of Node.js 20, Qt %2)\n").arg(QStringLiteral(LOOPSCOPE_VERSION), QLatin1String(qVersion()));
}

QString Help::text(const QString &command)
{
    if (command == QLatin1String("run"))
        return run();
    if (command == QLatin1String("node"))
        return node();
    if (command == QLatin1String("events"))
        return events();
    if (command == QLatin1String("verify"))
        return verify();
    if (command == QLatin1String("compare"))
        return compare();
    if (command == QLatin1String("import"))
        return importTrace();
    if (command == QLatin1String("export"))
        return exportRecording();
    if (command == QLatin1String("profile"))
        return ProfileHelp::text();
    if (command == QLatin1String("lab"))
        return LabHelp::overview();
    if (command == QLatin1String("lessons"))
        return LessonsHelp::overview();
    if (command == QLatin1String("studio"))
        return studio();
    return overview();
}

QString Help::overview()
{
    return tr(R"text(Loopscope runs JavaScript on an instrumented event loop that behaves as Node.js 20's, and records what happens.

  loopscope                     opens the window
  loopscope studio [FILE]       opens the window with a script or a recording
  loopscope run FILE [ARGS]     runs a script; its output and exit code are the script's own
  loopscope node FILE [ARGS]    runs a script in the installed node, and records that
  loopscope events REC          prints the ordered event list of a recording
  loopscope verify FILE         runs a script here and in the installed node, and compares what they print
  loopscope compare A B         says where two recordings first differ, and what else they do differently
  loopscope import TRACE -o REC makes a recording of a Chrome trace or a CPU profile
  loopscope export REC -o OUT   writes a recording for other programs: Perfetto, DevTools, speedscope, a spreadsheet
  loopscope profile REC         says who held the loop, who waited because of it, and what to do about it
  loopscope lab SCENARIO        serves a script under several server models, under load, and compares them
  loopscope lessons check       checks lessons by running them; other commands make, bundle and grade them
  loopscope help COMMAND        tells more about a command
  loopscope --version

Examples:
  loopscope run hello.js
  loopscope run server.ts --record server.lscope
  loopscope run order.mjs --events
  echo "setTimeout(() => console.log('later'), 10)" | loopscope run -
  loopscope verify order.js
  loopscope compare before.lscope after.lscope

Exit code 2: the command line is wrong, or a file or program that it needs is not there.
)text");
}

QString Help::run()
{
    return tr(R"text(loopscope run FILE [ARGS] [OPTIONS]: runs a script (.js, .cjs, .mjs, .ts, .json) to its end.

What the script prints goes to standard output and standard error; the exit code is the script's. FILE '-' reads the script from standard
input. Options of ours may stand before or after FILE; what stands after FILE and is none of ours goes to the script (process.argv), and
so does all that follows '--'.

  --record OUT.lscope    record the run into a file (open it with 'loopscope studio' or 'loopscope events')
  --events               print the ordered event list instead of the script's output
  --clock virtual|wall   virtual (default): time moves by work and jumps over waiting, the same in every run; wall: real time
  --io simulated|real    simulated (default): files answer after drawn latencies; real: libuv, its pool of threads and the wall clock
  --seed N               of what Node leaves open: I/O latencies, setTimeout(0) against setImmediate (default 1)
  --beside FILE          start this script too, on a loop of its own in the same time (may be given several times)
  --cores N              processors that workers and other loops share on the virtual clock (default 4)
  --detail LEVEL         what is recorded: tasks, calls (default) or statements
  --callback-cap N       calls and statements recorded in one callback at most, the others are counted
                         and the call stack sampled; 0 is without limit (default 20000, with --detail statements 0)
  --module               the file is an ES module, whatever its name
  --max-time S           end the run after S seconds of its own time (of the virtual clock, or real ones with --clock wall)
  --max-events N         end the run after N events; 0 is without limit (default 10000000 if it is recorded, else 0)
  --max-memory MB        end the run when the process holds more memory than this
  --list-written         when the run has ended, list on standard error what the script wrote (simulated I/O keeps it in memory)
  --written DIR          and copy it to this new or empty folder, each file to its whole path below it
  --written-most MB      but no more than this in total: files that go beyond it are left out
  --disk-space MB        room for what the script writes in memory; then ENOSPC, as on a full disk (default 4096)
  --allow-read[=PATHS]   let the script read these files and folders too (comma-separated; without '=' all); always: its own folder, and
                         node_modules and package.json upwards from it
  --allow-write[=PATHS]  let real I/O write to these files and folders; simulated I/O keeps all writes in memory
  --allow-net[=HOSTS]    let it reach these hosts too (HOST, HOST:PORT, *.DOMAIN); always: this machine
  --allow-run[=PROGRAMS] let it start these programs
  --allow-env[=NAMES]    let it see these environment variables too; always: all whose names do not look like secrets
  --allow-all            all of these
  --node ARGUMENTS       all that follows is a command line of Node's (--eval CODE, --require MODULE, --no-warnings, FILE ...)
  --title TEXT           what the recording is called
  --set-delay TIMER=MS   that timer waits MS ms, whatever the script says; TIMER is its number ("subject" in 'loopscope events --json')
  --set-latency REQUEST=MS  that request takes MS ms from start to completion, whatever was drawn; may have decimals
  --latency-profile FILE how long disk, names and network take in simulated I/O, and which hosts there are (docs/simulated-io.md)
  --set-first WHICH      timeout or immediate: which runs first where setTimeout(0) and setImmediate may go either way
  --control NAME         obey the window that listens at this local socket

A run that a limit ended has exit code 124 and a readable recording.

Examples:
  loopscope run hello.js
  loopscope run --seed 7 race.js --record race.lscope
  loopscope run loop-forever.js --max-time 2 --events
  loopscope run race.js --set-delay 5=20 --record forked.lscope
  loopscope run tool.js -- --seed of-the-script
)text");
}

QString Help::node()
{
    return tr(R"text(loopscope node FILE [ARGS] [OPTIONS]: runs a script in the installed node, 16 or newer, and records what its loop does.

The script runs as 'node FILE [ARGS]' runs it, with its own input, output and exit code; beside it a recorder listens to Node's
async_hooks. Options stand and end as for 'loopscope run'. docs/real-node.md says what is told and what is derived.

  --record OUT.lscope    record into a file (open it with 'loopscope studio', 'events' or 'compare', also while it grows)
  --events               print the ordered event list instead of the script's output
  --stacks WHICH         what says where in the script it was asked for: some (default: all tasks and requests, and the first 10000
                         promises), all, tasks (no promises) or none; a busy program runs slower the more of them do
  --sample[=US]          ask V8 every so many microseconds (1000) which functions run, for the profiler; --sample=none: not at all
  --max-time S           end node after S seconds
  --title TEXT           what the recording is called

Exit code 124: --max-time ended it; 2: it could not be started. Any other is node's.

Examples:
  loopscope node server.js --record real.lscope
  loopscope run server.js --io real --record ours.lscope && loopscope compare real.lscope ours.lscope
)text");
}

QString Help::events()
{
    return tr(R"text(loopscope events REC [--json]: prints the events of a recording in their order, one a line.

Columns: time in ms, iteration and phase, what happened, file and line. With --json every line is one JSON object
(docs/recording-format.md lists the members). A damaged recording is printed as far as it can be read, and standard error says what is
wrong with it.

Examples:
  loopscope events run.lscope
  loopscope events run.lscope --json | grep '"timeout"'
)text");
}

QString Help::verify()
{
    return tr(
        R"text(loopscope verify FILE [ARGS] [OPTIONS]: runs a script here and in the installed node, and compares standard output and exit code.

Exit code 0: they agree. 1: they do not; the first difference is shown with both lines. 2: the comparison could not be made.

  --seed N               as for run (default 1)
  --clock virtual|wall   as for run
  --io simulated|real    as for run
  --module               the file is an ES module, whatever its name
  --allow-...            as for run; node runs without such limits
  --timeout S            end either program after S seconds (default 60)

Examples:
  loopscope verify order.js
  loopscope verify tool.mjs input.txt
)text");
}

QString Help::importTrace()
{
    return tr(R"text(loopscope import TRACE -o OUT.lscope: makes a recording of a file that another program wrote.

TRACE holds Chrome's trace events (DevTools, Perfetto's JSON, node --trace-event-categories, loopscope export) or a CPU profile of V8
(node --cpu-prof); its content tells which. What is damaged is read up to there. 'loopscope events', 'compare', 'export' and 'profile' take such
files as they are. docs/exchange.md says what becomes what.

Examples:
  loopscope import profile.cpuprofile -o profile.lscope
  loopscope import trace.json -o trace.lscope
)text");
}

QString Help::exportRecording()
{
    return tr(
        R"text(loopscope export REC -o OUT [--format FORMAT]: writes a recording in a format of other programs. '-o -' is standard output.

  chrome       Chrome's trace events: opens in DevTools (Performance), Perfetto, speedscope        OUT.trace
  perfetto     Perfetto's own format (protobuf), smaller than chrome: opens in ui.perfetto.dev     OUT.perfetto-trace
  speedscope   speedscope's own format: a flame graph for each loop                               OUT.speedscope.json
  cpuprofile   a CPU profile as V8 writes it, of the main loop: opens in DevTools and VS Code     OUT.cpuprofile
  csv          one row for each run of a task: when it was created, ready, begun, ended, and why  OUT.csv
  html         the profiler's reports as a page that needs no network and no scripts               OUT.html

Without --format the ending of OUT tells which one is meant. docs/exchange.md says what becomes what.

Examples:
  loopscope export run.lscope -o run.trace
  loopscope export run.lscope --format csv -o - | head
)text");
}

QString Help::compare()
{
    return tr(
        R"text(loopscope compare A.lscope B.lscope [--list]: says where two recordings first differ, and what else they do differently.

Shown is the first event that is not the same in both: its number, time, text and place on either side. Before it everything is the same,
event by event; lines that only moved because the script was edited count as the same. Behind it callbacks, settled promises, console
lines, errors and free choices are laid side by side and counted, the first 100000 of each recording.

Exit code 0: they are the same. 1: they are not. 2: one of them cannot be read.

  --list                 print all of these side by side: '  ' both have it, '~ ' both at other times, '< ' only A, '> ' only B,
                         '! ' the first difference

Examples:
  loopscope run race.js --seed 1 --record a.lscope
  loopscope run race.js --seed 2 --record b.lscope
  loopscope compare a.lscope b.lscope
  loopscope compare a.lscope b.lscope --list | less
)text");
}

QString Help::studio()
{
    return tr(
        R"text(loopscope studio [FILE] [OPTIONS]: opens the window, with a script or a recording if one is named. 'loopscope' alone does the same.

  --theme light|dark|system  colours of the window
  --screenshot PICTURE.png   run FILE to its end, write a picture of the window (.png or .svg); needs no display
  --size WxH                 size of the picture (default 1440x900)
  --cursor N                 events to show applied in the picture (default all)
  --zoom N                   text size in percent, 60 to 300
  --export-walk TARGET       run FILE to its end and write a walk through it: TARGET is FILE.webp, one animated picture, or a folder that gets
                             numbered PNGs for slides; needs no display
  --from N, --to N           the events at which the walk begins and ends (default the whole run)
  --by STEP                  callback (default), event, phase, iteration or line
  --frame-time MS            how long each picture of the animation stays (default 1200)
  --lessons                  show the lessons: FILE is a folder of lessons or a bundle (default: the course that comes with the program)
  --lesson NAME, --step ID   this lesson of them, and this step

Examples:
  loopscope studio
  loopscope studio --lessons
  loopscope studio order.js
  loopscope studio race.lscope
  loopscope studio order.js --screenshot order.png --theme light --cursor 40
  loopscope studio order.js --export-walk order.webp --size 1280x720 --zoom 120
)text");
}

} // namespace loopscope
