// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/LiveServer.h"

#include "servers/live/DescriptorPassing.h"
#include "servers/live/RunnerPath.h"
#include "servers/live/ServerUsage.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

namespace loopscope {

namespace {

/// A script that does not listen by then never will.
constexpr double mostStartSeconds = 20;
/// Further threads are waited for so long, and then fewer of them serve.
constexpr double mostFillSeconds = 15;
constexpr qsizetype keptErrors = 16'384;
/// What an engine with a small server needs, measured: an engine with its library is 11 MB.
constexpr qint64 engineBytes = 14LL << 20;
/// Mappings that an engine needs, measured: 19 after its start, and some more for a heap that grows; and those of the process itself.
constexpr qint64 engineMappings = 30;
constexpr qint64 processMappings = 2000;
/// Descriptors of a thread: five of its loop, its channel, its connection, a file that its handler reads, and the eight connections that
/// stay with it (server-slot.js).
constexpr qint64 engineDescriptors = 16;
constexpr qint64 processDescriptors = 64;
constexpr int mostLanes = 4096;
constexpr qint64 memoryPeriod = 100'000'000; ///< ns between two looks at what the server has
constexpr int mostWorkers = 64; ///< that a person can ask for while it runs, at least

QString tr(const char *text) { return QCoreApplication::translate("LiveServer", text); }

qint64 availableMemory()
{
    QFile file(QStringLiteral("/proc/meminfo"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArrayList lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("MemAvailable:"))
            return line.simplified().split(' ').value(1).toLongLong() << 10U;
    }
    return 0;
}

/// The mappings that the kernel lets a process have.
qint64 mostMappings()
{
    QFile file(QStringLiteral("/proc/sys/vm/max_map_count"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toLongLong() : 65'530;
}

/// The descriptors that a process may have, after the limit was raised as far as it goes, as Node does; programs that are started have it
/// too.
qint64 raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 1024;
    constexpr rlim_t enough = 1U << 20U;
    limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, enough));
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return static_cast<qint64>(std::min(limit.rlim_cur, enough));
}

void closeBoth(int *first, int *second)
{
    for (int *descriptor : {first, second}) {
        if (*descriptor >= 0)
            ::close(*descriptor);
        *descriptor = -1;
    }
}

} // namespace

LiveServer::LiveServer(const Scenario &scenario, ServerModel model, qint64 mostMemory)
    : m_scenario(scenario)
    , m_model(model)
    , m_mostMemory(mostMemory > 0 ? mostMemory : availableMemory() / 10 * 9)
{
}

LiveServer::~LiveServer() { stop(); }

void LiveServer::stop()
{
    // First the processes, which may be busy; then who would start them again.
    if (m_dispatcher)
        m_dispatcher->stop();
    {
        const std::scoped_lock lock(m_mutex);
        m_programs.clear();
    }
    m_dispatcher.reset();
    int none = -1;
    closeBoth(&m_control, &none);
    closeBoth(&m_errors, &m_errorsOther);
}

bool LiveServer::hasDispatcher() const { return hasThreads() || m_model == ServerModel::Cluster || m_model == ServerModel::Processes; }

bool LiveServer::hasThreads() const { return m_model == ServerModel::ThreadPool || m_model == ServerModel::ThreadPerRequest; }

int LiveServer::slotsWanted() const
{
    switch (m_model) {
    case ServerModel::Cluster:
        return m_scenario.machine.loops;
    case ServerModel::Processes:
        return m_scenario.machine.processes;
    case ServerModel::ThreadPool:
        return m_scenario.machine.poolThreads;
    case ServerModel::ThreadPerRequest:
        return m_scenario.machine.threadLimit;
    default:
        return 1;
    }
}

/// How many threads or processes this machine can have, each with an engine of its own; with a note if that is less than `wanted`.
int LiveServer::fittingSlots(int wanted)
{
    const qint64 descriptors = raiseDescriptorLimit();
    const qint64 byMemory = availableMemory() * 3 / 4 / engineBytes;
    const qint64 byMappings = hasThreads() ? (mostMappings() - processMappings) / engineMappings : mostLanes;
    const qint64 byDescriptors = hasThreads() ? (descriptors - processDescriptors) / engineDescriptors : mostLanes;
    const qint64 byProcess = std::min<qint64>({mostLanes, byMappings, byDescriptors});
    const int fitting = std::max(1, static_cast<int>(std::min(byMemory, byProcess)));
    if (wanted > fitting)
        m_notes << (byMemory <= byProcess
                ? tr("%1 threads of the real server are too many for this machine's memory, as each has an engine of its own; it has %2.")
                : tr(
                    "%1 threads of the real server are more than the system lets a process have, as each has an engine of its own with its "
                    "pieces of memory (vm.max_map_count) and open files (ulimit -n); it has %2."))
                       .arg(wanted)
                       .arg(fitting);
    return fitting;
}

// ------------------------------------------------------------------------------------------------------------------- start

Dispatcher::Options LiveServer::dispatcherOptions()
{
    Dispatcher::Options options;
    options.turn = m_model == ServerModel::Cluster ? Dispatcher::Turn::Connection : Dispatcher::Turn::Request;
    const int fitting = fittingSlots(slotsWanted());
    options.slots = std::min(fitting, slotsWanted());
    options.mostSlots = std::min(fitting, std::max(4 * options.slots, 64)); // it may be asked for more while it runs
    options.startsAll = m_model != ServerModel::ThreadPerRequest;
    options.startAtOnce = std::max(2U, std::thread::hardware_concurrency());
    options.backlog = m_scenario.machine.backlog;
    options.keepAliveSeconds = m_scenario.machine.keepAliveSeconds;
    if (!options.startsAll) {
        // Starting an engine takes as long as many requests do: what the load will need for sure is there before.
        const bool isClosed = m_scenario.load.arrivals == ScenarioLoad::Arrivals::Closed;
        options.startFirst = std::min(options.slots, isClosed ? m_scenario.load.clients : 32);
        m_notes << tr("%1 threads were started before the load, as an engine takes some 25 ms to start, a thousand times what a Java or C "
                      "thread takes; the others start as they are needed.")
                       .arg(options.startFirst);
    }
    return options;
}

bool LiveServer::start(const std::function<bool()> &isStopped, QString *problem)
{
    if (!QFileInfo(m_scenario.script).isFile()) {
        *problem = tr("there is no script '%1'.").arg(m_scenario.script);
        return false;
    }
    if (m_model != ServerModel::Node && !QFileInfo(runnerPath()).isExecutable()) {
        *problem = tr("there is no program '%1', which runs the script.").arg(runnerPath());
        return false;
    }
    int pipe[2] = {-1, -1};
    if (::pipe2(pipe, O_CLOEXEC | O_NONBLOCK) != 0) {
        *problem = tr("the server could not be started: %1.").arg(QString::fromLocal8Bit(std::strerror(errno)));
        return false;
    }
    m_errors = pipe[0];
    m_errorsOther = pipe[1];
    Dispatcher::Options options;
    if (hasDispatcher())
        options = dispatcherOptions();
    else if (m_model == ServerModel::Workers)
        options.mostSlots = 1 + std::max(m_scenario.machine.workers, mostWorkers);
    m_board = LaneBoard::make(options.mostSlots);
    if (!m_board) {
        *problem = tr("there is no memory for the figures of %1 threads.").arg(options.mostSlots);
        return false;
    }
    m_board->setWorkers(m_scenario.machine.workers);
    m_board->setExtras(m_scenario.extra.ioMilliseconds, m_scenario.extra.cpuMilliseconds);
    m_programs.resize(static_cast<std::size_t>(options.mostSlots));
    if (hasDispatcher()) {
        m_dispatcher = std::make_unique<Dispatcher>(
            options, [this](int slot) { return startSlot(slot); },
            [this](int slot, bool stays) { m_board->lane(slot).stays.store(stays, std::memory_order_relaxed); });
        if (!m_dispatcher->listen(problem))
            return false;
        m_port = m_dispatcher->port();
    }
    if (!hasDispatcher() || hasThreads()) {
        if (!startFirst(problem))
            return false;
    }
    if (m_dispatcher)
        m_dispatcher->start();
    return waitUntilServing(isStopped, problem);
}

QByteArrayList LiveServer::command(const ServeProcess::Setup &setup) const
{
    const QByteArray folder = QFile::encodeName(m_folder.path());
    QByteArrayList command{QFile::encodeName(runnerPath()), "run", "--io", "real", "--allow-read=" + folder, "--allow-write=" + folder,
        "--serve", setup.toText().toUtf8(), QFile::encodeName(m_scenario.script)};
    if (!m_scenario.arguments.isEmpty())
        command << "--";
    for (const QString &argument : m_scenario.arguments)
        command << argument.toUtf8();
    return command;
}

bool LiveServer::startProgram(int lane, ServeProcess::Setup setup, const std::vector<int> &kept)
{
    setup.board = m_board->descriptor();
    setup.lane = lane;
    auto program = std::make_unique<ServerProgram>();
    std::vector<int> inherited = kept;
    inherited.push_back(setup.board);
    const bool isStarted = program->start(command(setup), {temporaryFolder()}, inherited, m_errorsOther);
    const std::scoped_lock lock(m_mutex);
    m_programs[static_cast<std::size_t>(lane)] = std::move(program);
    return isStarted;
}

bool LiveServer::startNode()
{
    if (!m_preload.write())
        return false;
    auto program = std::make_unique<ServerProgram>();
    const QString node = QStandardPaths::findExecutable(QStringLiteral("node"));
    QByteArrayList command{QFile::encodeName(node), "--require", QFile::encodeName(m_preload.path()), QFile::encodeName(m_scenario.script)};
    for (const QString &argument : m_scenario.arguments)
        command << argument.toUtf8();
    const bool isStarted = program->start(
        command, {NodePreload::setup(*m_board, m_scenario.machine.backlog), temporaryFolder()}, {m_board->descriptor()}, m_errorsOther);
    const std::scoped_lock lock(m_mutex);
    m_programs.front() = std::move(program);
    return isStarted;
}

/// The process that there is at once.
bool LiveServer::startFirst(QString *problem)
{
    bool isStarted = false;
    if (m_model == ServerModel::Node) {
        if (QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty()) {
            *problem = tr("there is no 'node' to run: Node.js is not installed, or not in the PATH.");
            return false;
        }
        isStarted = startNode();
    } else if (hasThreads()) {
        Channel channel;
        if (channel.open()) {
            ServeProcess::Setup setup;
            setup.way = ServeProcess::Setup::Way::Threads;
            setup.channel = channel.other;
            setup.port = m_port;
            m_control = channel.own;
            isStarted = startProgram(0, setup, {channel.other});
            ::close(channel.other);
        }
    } else {
        ServeProcess::Setup setup;
        setup.backlog = m_scenario.machine.backlog;
        if (m_model == ServerModel::Workers)
            setup.offloaded = m_scenario.offload;
        isStarted = startProgram(0, setup, {});
    }
    if (!isStarted)
        *problem = tr("the server could not be started: %1.").arg(QString::fromLocal8Bit(std::strerror(errno)));
    return isStarted;
}

int LiveServer::startSlot(int slot) { return hasThreads() ? startThread(slot) : startProcess(slot); }

int LiveServer::startThread(int slot)
{
    Channel channel;
    if (!channel.open())
        return -1;
    const ServeProcess::ThreadOrder order{slot};
    const bool isSent = sendWithDescriptor(m_control, &order, sizeof order, channel.other);
    ::close(channel.other);
    if (!isSent)
        ::close(channel.own);
    return isSent ? channel.own : -1;
}

int LiveServer::startProcess(int slot)
{
    Channel channel;
    if (!channel.open())
        return -1;
    ServeProcess::Setup setup;
    setup.way = ServeProcess::Setup::Way::Handed;
    setup.channel = channel.other;
    setup.port = m_port;
    setup.keepsConnections = m_model == ServerModel::Cluster;
    setup.isFirst = slot == 0;
    const bool isStarted = startProgram(slot, setup, {channel.other});
    ::close(channel.other);
    if (!isStarted)
        ::close(channel.own);
    return isStarted ? channel.own : -1;
}

bool LiveServer::isServing() const { return m_dispatcher ? m_dispatcher->listening() > 0 : m_board->lane(0).port.load() != 0; }

bool LiveServer::waitUntilServing(const std::function<bool()> &isStopped, QString *problem)
{
    using std::chrono::steady_clock;
    const steady_clock::time_point begin = steady_clock::now();
    const auto seconds = [begin] { return std::chrono::duration<double>(steady_clock::now() - begin).count(); };
    const auto pause = [] { std::this_thread::sleep_for(std::chrono::milliseconds(2)); };
    while (!isServing()) {
        readErrors();
        checkMemory();
        if (!m_death.isEmpty()) {
            *problem = m_death;
            return false;
        }
        if (isStopped()) {
            *problem = tr("it was stopped before the server had started.");
            return false;
        }
        if (hasFailed()) {
            *problem = failure();
            return false;
        }
        if (seconds() > mostStartSeconds) {
            *problem = tr("the script '%1' has not listened at any port within %2 s.").arg(m_scenario.script).arg(mostStartSeconds);
            return false;
        }
        pause();
    }
    m_isServing = true;
    if (!m_dispatcher) {
        m_port = m_board->lane(0).port.load();
        return true;
    }
    const Dispatcher::Options &options = m_dispatcher->options();
    const int wanted = options.startsAll ? options.slots : options.startFirst;
    while (m_dispatcher->listening() < wanted && seconds() < mostFillSeconds && !isStopped() && m_death.isEmpty()) {
        look();
        pause();
    }
    if (m_dispatcher->listening() < wanted)
        m_notes << tr("%1 of %2 threads had started when the load began.").arg(m_dispatcher->listening()).arg(wanted);
    if (!m_death.isEmpty())
        *problem = m_death;
    return m_death.isEmpty();
}

// -------------------------------------------------------------------------------------------------------------------- life

bool LiveServer::hasFailed()
{
    const std::scoped_lock lock(m_mutex);
    const bool onlyOne = !m_dispatcher || hasThreads();
    if (onlyOne && m_programs.front() && m_programs.front()->hasEnded())
        return true;
    return m_dispatcher && m_dispatcher->endsInARow() > 0;
}

/// Why it does not serve.
QString LiveServer::failure() const
{
    const QString error = lastError();
    if (!error.isEmpty())
        return tr("the script '%1' failed before it listened: %2").arg(m_scenario.script, error);
    return tr("the script '%1' ended without listening at any port: it is no server.").arg(m_scenario.script);
}

/// Before the system has none left and ends whatever it likes.
void LiveServer::checkMemory()
{
    const qint64 now = LaneBoard::now();
    if (m_mostMemory <= 0 || now - m_memoryCheckedAt < memoryPeriod)
        return;
    m_memoryCheckedAt = now;
    qint64 bytes = 0;
    for (const int process : processes())
        bytes += ServerUsage::memoryOf(process).own;
    if (bytes <= m_mostMemory)
        return;
    m_death = tr("The server had taken %1 MB of memory, nearly all that was free, and was ended.").arg(bytes / 1'000'000);
    const std::scoped_lock lock(m_mutex);
    for (const auto &program : m_programs) {
        if (program)
            program->kill();
    }
}

void LiveServer::look()
{
    readErrors();
    if (!m_death.isEmpty())
        return;
    checkMemory();
    if (!m_death.isEmpty())
        return;
    const std::scoped_lock lock(m_mutex);
    const bool onlyOne = !m_dispatcher || hasThreads();
    for (const auto &program : m_programs) {
        if (!program || program->pid() == 0 || !program->hasEnded() || !onlyOne)
            continue;
        readErrors();
        const QString error = lastError();
        m_death = error.isEmpty() ? tr("The server's process is gone: %1.").arg(program->ending())
                                  : tr("An error that nobody caught ended the server's process: %1").arg(error);
    }
    if (m_dispatcher && m_dispatcher->endsInARow() >= Dispatcher::MostEndsInARow)
        m_death = tr("No thread or process of the server starts any more: %1").arg(lastError());
}

QStringList LiveServer::notes() const
{
    QStringList notes = m_notes;
    if (hasDispatcher())
        notes << tr(
            "Each thread or process has loaded the script for itself: its variables are its own, and a request sees those of the one "
            "that has it.");
    if (m_model == ServerModel::Workers && m_scenario.offload.isEmpty())
        notes << tr("The scenario's 'offload' names no function, so nothing runs on the worker threads.");
    if (const qint64 count = restarts(); count > 0)
        notes << tr(
            "Threads or processes that ended by an error, and were started again as servers of this kind do: %1. The last error: %2")
                     .arg(count)
                     .arg(lastError());
    return notes;
}

void LiveServer::setThreads(int count)
{
    if (m_dispatcher)
        m_dispatcher->setSlots(count);
    else
        m_board->setWorkers(count);
}

std::vector<int> LiveServer::processes() const
{
    const std::scoped_lock lock(m_mutex);
    std::vector<int> numbers;
    for (const auto &program : m_programs) {
        if (program && program->pid() != 0)
            numbers.push_back(program->pid());
    }
    return numbers;
}

void LiveServer::readErrors()
{
    char bytes[4096];
    for (;;) {
        const ssize_t count = ::read(m_errors, bytes, sizeof bytes);
        if (count <= 0)
            return;
        m_errorText.append(bytes, count);
        if (m_errorText.size() > 2 * keptErrors)
            m_errorText = m_errorText.right(keptErrors);
    }
}

/// The sentence of the last error that was printed as Node does; else the last line of what was written.
QString LiveServer::lastError() const
{
    static const QRegularExpression shown(QStringLiteral("^(?:Uncaught )?(?:[A-Za-z]*(?:Error|Exception)\\b.*|throw .*)$"));
    const QStringList lines = QString::fromUtf8(m_errorText).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QString last;
    for (auto line = lines.crbegin(); line != lines.crend(); ++line) {
        if (shown.match(*line).hasMatch())
            return *line;
        if (last.isEmpty() && !line->startsWith(QLatin1String("Node.js v")))
            last = *line;
    }
    return last;
}

} // namespace loopscope
