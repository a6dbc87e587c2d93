// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CommandLine.h"

#include "NodeArguments.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <cmath>

namespace loopscope {

namespace {

using Command = CommandLine::Command;

struct NamedCommand
{
    const char *name;
    Command command;
};

constexpr std::array commands = {
    NamedCommand{"run", Command::Run},
    NamedCommand{"node", Command::Node},
    NamedCommand{"events", Command::Events},
    NamedCommand{"verify", Command::Verify},
    NamedCommand{"compare", Command::Compare},
    NamedCommand{"import", Command::Import},
    NamedCommand{"export", Command::Export},
    NamedCommand{"profile", Command::Profile},
    NamedCommand{"lab", Command::Lab},
    NamedCommand{"lessons", Command::Lessons},
    NamedCommand{"studio", Command::Studio},
    NamedCommand{"help", Command::Help},
};

std::optional<Command> commandNamed(const QString &name)
{
    const auto found =
        std::find_if(commands.begin(), commands.end(), [&](const NamedCommand &entry) { return name == QLatin1String(entry.name); });
    return found == commands.end() ? std::nullopt : std::optional(found->command);
}

bool isHelp(const QString &argument) { return argument == QLatin1String("--help") || argument == QLatin1String("-h"); }

} // namespace

struct CommandLineParser::Option
{
    enum Owner : unsigned { Run = 1, Verify = 2, Events = 4, Studio = 8, Compare = 16, Export = 32, Import = 64, Node = 128 };

    enum Value : quint8 { None, Needed, Possible }; ///< Possible: only in the form --name=value

    const char *name;
    Value value;
    unsigned owners;

    bool belongsTo(Command command) const
    {
        switch (command) {
        case Command::Run:
            return (owners & Run) != 0;
        case Command::Node:
            return (owners & Node) != 0;
        case Command::Verify:
            return (owners & Verify) != 0;
        case Command::Events:
            return (owners & Events) != 0;
        case Command::Studio:
            return (owners & Studio) != 0;
        case Command::Compare:
            return (owners & Compare) != 0;
        case Command::Import:
            return (owners & Import) != 0;
        case Command::Export:
            return (owners & Export) != 0;
        default:
            return false;
        }
    }
    static const Option *named(const QString &name)
    {
        static constexpr std::array options = {
            Option{"--record", Needed, Run | Node},
            Option{"--clock", Needed, Run | Verify},
            Option{"--io", Needed, Run | Verify},
            Option{"--seed", Needed, Run | Verify},
            Option{"--cores", Needed, Run},
            Option{"--beside", Needed, Run},
            Option{"--max-time", Needed, Run | Node},
            Option{"--max-events", Needed, Run},
            Option{"--max-memory", Needed, Run},
            Option{"--detail", Needed, Run},
            Option{"--callback-cap", Needed, Run},
            Option{"--module", None, Run | Verify},
            Option{"--events", None, Run | Node},
            Option{"--set-delay", Needed, Run},
            Option{"--set-latency", Needed, Run},
            Option{"--set-first", Needed, Run},
            Option{"--latency-profile", Needed, Run | Verify},
            Option{"--allow-read", Possible, Run | Verify},
            Option{"--allow-write", Possible, Run | Verify},
            Option{"--allow-net", Possible, Run | Verify},
            Option{"--allow-run", Possible, Run | Verify},
            Option{"--allow-env", Possible, Run | Verify},
            Option{"--allow-all", None, Run | Verify},
            Option{"--written", Needed, Run},
            Option{"--written-most", Needed, Run},
            Option{"--list-written", None, Run},
            Option{"--disk-space", Needed, Run},
            Option{"--title", Needed, Run | Node},
            Option{"--control", Needed, Run},
            Option{"--serve", Needed, Run},
            Option{"--stacks", Needed, Node},
            Option{"--sample", Possible, Node},
            Option{"--timeout", Needed, Verify},
            Option{"--json", None, Events},
            Option{"--list", None, Compare},
            Option{"--format", Needed, Export},
            Option{"-o", Needed, Import | Export},
            Option{"--theme", Needed, Studio},
            Option{"--screenshot", Needed, Studio},
            Option{"--size", Needed, Studio},
            Option{"--cursor", Needed, Studio},
            Option{"--zoom", Needed, Studio},
            Option{"--export-walk", Needed, Studio},
            Option{"--from", Needed, Studio},
            Option{"--to", Needed, Studio},
            Option{"--by", Needed, Studio},
            Option{"--frame-time", Needed, Studio},
            Option{"--lessons", None, Studio},
            Option{"--lesson", Needed, Studio},
            Option{"--step", Needed, Studio},
        };
        const auto found =
            std::find_if(options.begin(), options.end(), [&](const Option &option) { return name == QLatin1String(option.name); });
        return found == options.end() ? nullptr : found;
    }
};

bool CommandLineParser::fail(const QString &problem)
{
    m_problem = problem;
    return false;
}

bool CommandLineParser::failValue(const QString &name, const QString &value, const QString &expected)
{
    return fail(tr("the option '%1' takes %2, not '%3'.").arg(name, expected, value));
}

std::optional<CommandLine> CommandLineParser::parse(const QStringList &arguments)
{
    m_line = {};
    m_line.run.version = QStringLiteral(LOOPSCOPE_VERSION);
    m_problem.clear();
    if (arguments.isEmpty())
        return m_line;
    if (isHelp(arguments.first())) {
        m_line.command = Command::Help;
        return m_line;
    }
    if (arguments.first() == QLatin1String("--version") || arguments.first() == QLatin1String("-v")) {
        m_line.command = Command::Version;
        return m_line;
    }
    return parseCommand(arguments) ? std::optional(m_line) : std::nullopt;
}

bool CommandLineParser::parseCommand(const QStringList &arguments)
{
    const QString &name = arguments.first();
    const std::optional<Command> command = commandNamed(name);
    if (!command && name.startsWith(QLatin1Char('-')))
        return fail(tr("there is no option '%1' here; 'loopscope --help' lists the commands.").arg(name));
    if (!command)
        return fail(tr("there is no command '%1'; to run a script, write 'loopscope run %1'.").arg(name));
    m_line.command = *command;
    if (*command == Command::Help) {
        if (arguments.size() > 2)
            return fail(tr("'help' takes one command."));
        m_line.helpTopic = arguments.value(1);
        if (!m_line.helpTopic.isEmpty() && !commandNamed(m_line.helpTopic))
            return fail(tr("there is no command '%1' to help with; 'loopscope help' lists the commands.").arg(m_line.helpTopic));
        return true;
    }
    if (*command == Command::Lab || *command == Command::Lessons || *command == Command::Profile) {
        m_line.labArguments = arguments.mid(1);
        return true;
    }
    return parseOperands(arguments, 1) && (m_line.command == Command::Help || checkComplete());
}

bool CommandLineParser::parseOperands(const QStringList &arguments, qsizetype index)
{
    for (; index < arguments.size(); ++index) {
        const QString &argument = arguments[index];
        if (argument == QLatin1String("--node") && m_line.command == Command::Run && m_line.file.isEmpty()) {
            takeNodeArguments(arguments.mid(index + 1));
            return true;
        }
        if (argument == QLatin1String("--")) {
            for (++index; index < arguments.size(); ++index) {
                if (!takeOperand(arguments[index]))
                    return false;
            }
            return true;
        }
        if (argument.size() < 2 || !argument.startsWith(QLatin1Char('-'))) {
            if (!takeOperand(argument))
                return false;
            continue;
        }
        if (m_line.file.isEmpty() && isHelp(argument)) {
            m_line.helpTopic = arguments.first();
            m_line.command = Command::Help;
            return true;
        }
        const Outcome outcome = takeOption(arguments, &index);
        if (outcome == Outcome::Failed)
            return false;
        if (outcome == Outcome::Taken)
            continue;
        if (m_line.file.isEmpty() || !passesArgumentsOn())
            return fail(tr("'%1' has no option '%2'; 'loopscope help %1' lists those it has.").arg(arguments.first(), argument));
        m_line.run.arguments.append(argument);
    }
    return true;
}

CommandLineParser::Outcome CommandLineParser::takeOption(const QStringList &arguments, qsizetype *index)
{
    const QString &argument = arguments[*index];
    const auto equals = argument.indexOf(QLatin1Char('='));
    const QString name = equals < 0 ? argument : argument.left(equals);
    const Option *option = Option::named(name);
    if (!option || !option->belongsTo(m_line.command))
        return Outcome::NotOurs;
    QString value;
    if (option->value != Option::None && equals >= 0) {
        value = argument.mid(equals + 1);
        if (value.isEmpty() && option->value == Option::Possible) {
            fail(tr("the option '%1' needs something behind '='; without '=' it means all, or the usual.").arg(name));
            return Outcome::Failed;
        }
    } else if (option->value == Option::Needed) {
        if (*index + 1 >= arguments.size()) {
            fail(tr("the option '%1' needs a value after it; 'loopscope help %2' says which.").arg(name, arguments.first()));
            return Outcome::Failed;
        }
        value = arguments[++*index];
    } else if (equals >= 0) {
        fail(tr("the option '%1' takes no value.").arg(name));
        return Outcome::Failed;
    }
    if (m_line.command == Command::Studio) {
        m_line.studioOptions << name; // the window looks at the values
        if (option->value != Option::None)
            m_line.studioOptions << value;
        return Outcome::Taken;
    }
    return applyRunOption(name, value) ? Outcome::Taken : Outcome::Failed;
}

bool CommandLineParser::applyRunOption(const QString &name, const QString &value)
{
    RunOptions &run = m_line.run;
    if (name == QLatin1String("--module")) {
        run.forceModule = true;
    } else if (name == QLatin1String("--serve")) {
        m_line.serve = value;
    } else if (name == QLatin1String("--events")) {
        m_line.printEvents = true;
    } else if (name == QLatin1String("--json")) {
        m_line.json = true;
    } else if (name == QLatin1String("--list")) {
        m_line.list = true;
    } else if (name == QLatin1String("--format")) {
        m_line.exportFormat = value;
    } else if (name == QLatin1String("-o")) {
        if (value.isEmpty())
            return failValue(name, value, tr("the name of a file, or '-' for standard output"));
        m_line.targetFile = value;
    } else if (name == QLatin1String("--list-written")) {
        m_line.listWritten = true;
    } else if (name == QLatin1String("--written")) {
        if (value.isEmpty())
            return failValue(name, value, tr("the name of a folder"));
        m_line.writtenFolder = value;
    } else if (name == QLatin1String("--record")) {
        if (value.isEmpty())
            return failValue(name, value, tr("the name of a file"));
        m_line.recordingPath = value;
    } else if (name == QLatin1String("--control")) {
        if (value.isEmpty())
            return failValue(name, value, tr("the name of a socket"));
        m_line.controlName = value;
    } else if (name == QLatin1String("--clock")) {
        if (value != QLatin1String("virtual") && value != QLatin1String("wall"))
            return failValue(name, value, tr("'virtual' or 'wall'"));
        run.clock = value == QLatin1String("wall") ? Clock::Kind::Wall : Clock::Kind::Virtual;
        m_line.clockGiven = true;
    } else if (name == QLatin1String("--io")) {
        if (value != QLatin1String("simulated") && value != QLatin1String("real"))
            return failValue(name, value, tr("'simulated' or 'real'"));
        run.isIoReal = value == QLatin1String("real");
    } else if (name == QLatin1String("--detail")) {
        static const QStringList levels = {QStringLiteral("tasks"), QStringLiteral("calls"), QStringLiteral("statements")};
        const auto level = levels.indexOf(value);
        if (level < 0)
            return failValue(name, value, tr("'tasks', 'calls' or 'statements'"));
        run.detail = static_cast<DetailLevel>(level);
        m_line.detailGiven = true;
    } else if (name == QLatin1String("--beside")) {
        if (value.isEmpty())
            return failValue(name, value, tr("the name of a script"));
        run.beside.append(value);
    } else if (name == QLatin1String("--title")) {
        run.title = value;
    } else if (name == QLatin1String("--stacks")) {
        return applyStacks(name, value);
    } else if (name == QLatin1String("--sample")) {
        return applySample(name, value);
    } else if (name == QLatin1String("--latency-profile")) {
        return readLatencyProfile(value);
    } else if (name.startsWith(QLatin1String("--set-"))) {
        return applyChange(name, value);
    } else if (name.startsWith(QLatin1String("--allow-"))) {
        applyGrant(name, value);
    } else {
        return applyLimit(name, value);
    }
    return true;
}

bool CommandLineParser::applySample(const QString &name, const QString &value)
{
    constexpr int shortest = 50; // µs: V8 needs about as long for one
    constexpr int longest = 1'000'000;
    if (value.isEmpty()) // as it is anyway
        return true;
    const int interval = value == QLatin1String("none") ? 0 : value.toInt();
    if (value != QLatin1String("none") && (interval < shortest || interval > longest))
        return failValue(name, value, tr("'none' or a number of microseconds from %1 to %2").arg(shortest).arg(longest));
    m_line.preload.sampleInterval = interval;
    return true;
}

bool CommandLineParser::applyStacks(const QString &name, const QString &value)
{
    if (value != QLatin1String("all") && value != QLatin1String("some") && value != QLatin1String("tasks")
        && value != QLatin1String("none"))
        return failValue(name, value, tr("'all', 'some', 'tasks' or 'none'"));
    m_line.preload.stacks = value != QLatin1String("none");
    if (value != QLatin1String("some"))
        m_line.preload.promiseStacks = value == QLatin1String("all") ? NodePreloadSettings::allPromises : 0;
    return true;
}

bool CommandLineParser::readLatencyProfile(const QString &path)
{
    // The window gives the content itself.
    const bool isContent = path.startsWith(u'{');
    QFile file(path);
    if (!isContent && !file.open(QIODevice::ReadOnly))
        return fail(tr("the latency profile '%1' cannot be read: %2. Name a JSON file; docs/simulated-io.md shows one.")
                        .arg(path, file.errorString()));
    QString complaint;
    const std::optional<LatencyProfile> profile = LatencyProfile::parse(isContent ? path.toUtf8() : file.readAll(), &complaint);
    if (!profile)
        return fail(tr("the latency profile '%1' is not understood: %2").arg(path, complaint));
    m_line.run.latencyProfile = *profile;
    m_line.run.latencyProfileFile = isContent ? QString() : path;
    return true;
}

bool CommandLineParser::applyChange(const QString &name, const QString &value)
{
    RunChanges &changes = m_line.run.changes;
    if (name == QLatin1String("--set-first")) {
        if (value != QLatin1String("timeout") && value != QLatin1String("immediate"))
            return failValue(name, value, tr("'timeout' or 'immediate'"));
        changes.timeoutFirst = value == QLatin1String("timeout");
        return true;
    }
    bool isNumber = false;
    bool isTime = false;
    const SubjectId subject = value.section(QLatin1Char('='), 0, 0).toUInt(&isNumber);
    const double milliseconds = value.section(QLatin1Char('='), 1).toDouble(&isTime);
    constexpr double longest = 2147483647; // of Node's timers; enough for a request too
    const bool isDelay = name == QLatin1String("--set-delay");
    const double shortest = isDelay ? 1 : 0;
    if (!isNumber || subject == 0 || !isTime || !(milliseconds >= shortest && milliseconds <= longest))
        return failValue(name, value,
            isDelay ? tr("the number of a timer and its delay, as in 5=20 (ms, from 1)")
                    : tr("the number of a request and its latency, as in 5=1.5 (ms, from 0)"));
    if (isDelay)
        changes.delays.insert(subject, static_cast<quint32>(milliseconds));
    else
        changes.latencies.insert(subject, static_cast<quint64>(milliseconds * 1e6));
    return true;
}

void CommandLineParser::applyGrant(const QString &name, const QString &value)
{
    PermissionGrants &permissions = m_line.run.permissions;
    if (name == QLatin1String("--allow-all")) {
        permissions = PermissionGrants::everything();
        return;
    }
    Grant &grant = name == QLatin1String("--allow-read") ? permissions.read
        : name == QLatin1String("--allow-write")         ? permissions.write
        : name == QLatin1String("--allow-net")           ? permissions.network
        : name == QLatin1String("--allow-run")           ? permissions.programs
                                                         : permissions.environment;
    grant.all = grant.all || value.isEmpty();
    grant.names += value.split(QLatin1Char(','), Qt::SkipEmptyParts);
}

bool CommandLineParser::applyLimit(const QString &name, const QString &value)
{
    RunOptions &run = m_line.run;
    bool isNumber = false;
    if (name == QLatin1String("--max-time") || name == QLatin1String("--timeout")) {
        const double seconds = value.toDouble(&isNumber);
        // A run's time is counted in ns in 64 bits.
        constexpr double longest = 1e9;
        if (!isNumber || !std::isfinite(seconds) || seconds <= 0 || seconds > longest)
            return failValue(name, value, tr("a number of seconds above 0"));
        (name == QLatin1String("--timeout") ? m_line.timeLimitSeconds : run.maxSeconds) = seconds;
        return true;
    }
    const quint64 number = value.toULongLong(&isNumber);
    if (!isNumber)
        return failValue(name, value, tr("a whole number from 0"));
    if (name == QLatin1String("--seed")) {
        run.seed = number;
    } else if (name == QLatin1String("--callback-cap")) {
        run.callbackCap = number;
    } else if (name == QLatin1String("--max-events")) {
        run.maxEvents = number;
    } else if (number == 0) {
        return failValue(name, value, tr("a whole number from 1"));
    } else if (name == QLatin1String("--cores")) {
        constexpr quint64 most = 1024;
        if (number > most)
            return failValue(name, value, tr("a whole number up to %1").arg(most));
        run.cores = static_cast<int>(number);
    } else {
        constexpr quint64 largest = 1ULL << 40U;
        if (number > largest)
            return failValue(name, value, tr("a number of megabytes"));
        if (name == QLatin1String("--max-memory"))
            run.maxMemoryBytes = number << 20U;
        else if (name == QLatin1String("--written-most"))
            m_line.mostWritten = static_cast<qint64>(number << 20U);
        else
            run.diskSpaceBytes = static_cast<qint64>(number << 20U);
    }
    return true;
}

void CommandLineParser::takeNodeArguments(const QStringList &arguments)
{
    const NodeArguments node = NodeArguments::read(arguments);
    RunOptions &run = m_line.run;
    run.file = node.text ? QStringLiteral("[eval]") : node.file;
    m_line.file = run.file;
    if (node.text)
        run.standardInput = node.text->toUtf8();
    run.nodeOptions = node.options;
    run.arguments = node.rest;
    run.forceModule = run.forceModule || (node.text && node.options.contains(QLatin1String("--input-type=module")));
}

/// True if what is none of ours goes to the script.
bool CommandLineParser::passesArgumentsOn() const
{
    return m_line.command == Command::Run || m_line.command == Command::Node || m_line.command == Command::Verify;
}

bool CommandLineParser::takeOperand(const QString &operand)
{
    const bool hasFile = !m_line.file.isEmpty();
    if (!hasFile) {
        if (operand.isEmpty())
            return fail(tr("the name of the file is empty."));
        m_line.file = operand;
        m_line.run.file = operand;
        return true;
    }
    if (passesArgumentsOn()) {
        m_line.run.arguments.append(operand);
        return true;
    }
    if (m_line.command == Command::Compare) {
        if (operand.isEmpty())
            return fail(tr("the name of the file is empty."));
        if (m_line.secondFile.isEmpty()) {
            m_line.secondFile = operand;
            return true;
        }
        return fail(tr("two recordings are enough: '%1' is too many.").arg(operand));
    }
    return fail(tr("one file is enough: '%1' is too many.").arg(operand));
}

/// The machine's files and network know the wall clock only.
bool CommandLineParser::settleRealIo()
{
    RunOptions &run = m_line.run;
    if (m_line.clockGiven && run.clock == Clock::Kind::Virtual)
        return fail(tr("'--io real' takes the wall clock: leave out '--clock virtual', or take '--io simulated'."));
    if (!run.changes.latencies.isEmpty())
        return fail(tr("'--set-latency' is for simulated I/O: with '--io real' a request takes as long as it takes."));
    if (m_line.listWritten || !m_line.writtenFolder.isEmpty())
        return fail(tr("'--written' and '--list-written' are for simulated I/O: with '--io real' files are written where they belong."));
    run.clock = Clock::Kind::Wall;
    return true;
}

bool CommandLineParser::checkComplete()
{
    if (m_line.command == Command::Compare && m_line.secondFile.isEmpty())
        return fail(tr("which two recordings? Write 'loopscope compare A.lscope B.lscope'."));
    if (m_line.run.isIoReal && !settleRealIo())
        return false;
    if (m_line.command == Command::Import && !m_line.file.isEmpty() && m_line.targetFile.isEmpty())
        return fail(tr("where to? Write 'loopscope import TRACE -o FILE.lscope'."));
    if (m_line.command == Command::Export && !m_line.file.isEmpty() && m_line.targetFile.isEmpty())
        return fail(tr("where to? Write 'loopscope export FILE.lscope -o FILE.trace', or '-o -' for standard output."));
    if (!m_line.file.isEmpty())
        return true;
    switch (m_line.command) {
    case Command::Run:
        return fail(tr("which script? Write 'loopscope run FILE', or 'loopscope run -' to read it from standard input."));
    case Command::Node:
        return fail(tr("which script? Write 'loopscope node FILE'."));
    case Command::Events:
        return fail(tr("which recording? Write 'loopscope events FILE.lscope'; 'loopscope run FILE --record FILE.lscope' makes one."));
    case Command::Import:
        return fail(tr("which trace? Write 'loopscope import TRACE -o FILE.lscope'."));
    case Command::Export:
        return fail(tr("which recording? Write 'loopscope export FILE.lscope -o FILE.trace'."));
    case Command::Verify:
        return fail(tr("which script? Write 'loopscope verify FILE'."));
    default:
        return true;
    }
}

} // namespace loopscope
