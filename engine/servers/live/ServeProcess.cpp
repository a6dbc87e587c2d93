// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/ServeProcess.h"

#include "recording/RecordingWriter.h"
#include "runtime/LoopThread.h"
#include "script/ScriptCompiler.h"
#include "servers/live/DescriptorPassing.h"
#include "servers/live/LaneHook.h"

#include <QCoreApplication>

#include <cstdio>
#include <map>
#include <sys/prctl.h>
#include <unistd.h>

namespace loopscope {

namespace {

using Setup = ServeProcess::Setup;

struct Number
{
    const char *name;
    int Setup::*member;
};
constexpr Number numbers[] = {
    {"board", &Setup::board}, {"lane", &Setup::lane}, {"channel", &Setup::channel}, {"port", &Setup::port}, {"backlog", &Setup::backlog}};

/// A thread of the server, with what only it uses.
struct ServerThread
{
    std::unique_ptr<RecordingWriter> writer = RecordingWriter::toNowhere();
    std::unique_ptr<LaneHook> hook;
    std::unique_ptr<LoopThread> thread; // first to go
};

/// Starts threads as they are ordered.
class ServerThreads
{
public:
    ServerThreads(RunOptions options, const Setup &setup, const LaneBoard &board)
        : m_options(std::move(options))
        , m_setup(setup)
        , m_board(board)
        , m_group(std::make_shared<LoopGroup>(false, m_options.cores))
        , m_clock(m_options.clock)
    {
        m_options.compiled = std::make_shared<CompiledScripts>();
    }

    int run()
    {
        ServeProcess::ThreadOrder order;
        int channel = -1;
        while (receiveWithDescriptor(m_setup.channel, &order, sizeof order, &channel)) {
            if (channel < 0)
                continue;
            forgetEnded();
            start(order.lane, channel);
        }
        // The lab has what it wanted. Threads may be busy for ever: nobody waits for them.
        ::_exit(0);
    }

private:
    void start(int lane, int channel)
    {
        ServerHook::Place place;
        place.way = ServerHook::Place::Way::Handed;
        place.port = static_cast<quint16>(m_setup.port);
        place.channel = channel;
        place.isFirst = lane == m_setup.lane;
        auto started = std::make_unique<ServerThread>();
        LoopStart loop{m_group, m_group->addLoop(0), LoopGroup::mainLoop, LoopKind::Beside, QStringLiteral("server"), 0, 0, m_clock, 0,
            m_options.file, {}, m_options};
        ServerThread &thread = *started;
        thread.hook = std::make_unique<LaneHook>(m_board, lane, place, true);
        loop.options.server = thread.hook.get();
        const int number = loop.loop;
        thread.thread = std::make_unique<LoopThread>(std::move(loop), *thread.writer);
        m_threads.emplace(number, std::move(started));
    }
    void forgetEnded()
    {
        while (const std::optional<Notice> notice = m_group->takeNotice(LoopGroup::mainLoop, m_clock.now()))
            m_threads.erase(notice->loop);
    }

    RunOptions m_options;
    const Setup &m_setup;
    const LaneBoard &m_board;
    std::shared_ptr<LoopGroup> m_group;
    Clock m_clock;
    std::map<int, std::unique_ptr<ServerThread>> m_threads; ///< by number of their loop
};

int runLoop(RunOptions options, const Setup &setup, const LaneBoard &board)
{
    ServerHook::Place place;
    const bool isHanded = setup.way == Setup::Way::Handed;
    place.way = isHanded ? ServerHook::Place::Way::Handed : ServerHook::Place::Way::AtPort;
    place.port = static_cast<quint16>(setup.port);
    place.backlog = setup.backlog;
    place.channel = setup.channel;
    place.keepsConnections = setup.keepsConnections;
    place.isFirst = setup.isFirst;
    LaneHook hook(board, setup.lane, place, isHanded && !setup.keepsConnections);
    hook.setOffloaded(setup.offloaded);
    options.server = &hook;
    const auto writer = RecordingWriter::toNowhere();
    Runtime runtime(options, *writer, nullptr);
    return runtime.run();
}

} // namespace

QString Setup::toText() const
{
    static constexpr const char *ways[] = {"loop", "handed", "threads"};
    QStringList parts{QLatin1String(ways[static_cast<int>(way)])};
    for (const Number &number : numbers)
        parts << QStringLiteral("%1=%2").arg(QLatin1String(number.name)).arg(this->*number.member);
    for (const QString &name : offloaded)
        parts << QStringLiteral("offload=") + name;
    if (keepsConnections)
        parts << QStringLiteral("keeps");
    if (!isFirst)
        parts << QStringLiteral("further");
    return parts.join(QLatin1Char(','));
}

std::optional<Setup> Setup::fromText(const QString &text)
{
    Setup setup;
    for (const QString &part : text.split(QLatin1Char(','))) {
        const QString name = part.section(QLatin1Char('='), 0, 0);
        bool isKnown = true;
        if (name == QLatin1String("loop"))
            setup.way = Way::Loop;
        else if (name == QLatin1String("handed"))
            setup.way = Way::Handed;
        else if (name == QLatin1String("threads"))
            setup.way = Way::Threads;
        else if (name == QLatin1String("keeps"))
            setup.keepsConnections = true;
        else if (name == QLatin1String("offload"))
            setup.offloaded << part.section(QLatin1Char('='), 1);
        else if (name == QLatin1String("further"))
            setup.isFirst = false;
        else
            isKnown = false;
        for (const Number &number : numbers) {
            if (name == QLatin1String(number.name))
                setup.*number.member = part.section(QLatin1Char('='), 1).toInt(&isKnown);
        }
        if (!isKnown)
            return std::nullopt;
    }
    return setup;
}

int ServeProcess::run(RunOptions options, const QString &text)
{
    const std::optional<Setup> given = Setup::fromText(text);
    const auto board = given ? LaneBoard::open(given->board) : nullptr;
    if (!board || given->lane < 0 || given->lane >= board->lanes()) {
        std::fprintf(stderr, "loopscope: --serve is for the server lab only.\n");
        return 2;
    }
    // Where huge pages are given to everybody, the stack of each engine would begin with one of 2 MB.
    ::prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
    const Setup &setup = *given;
    options.clock = Clock::Kind::Wall;
    options.isIoReal = true;
    options.detail = DetailLevel::Tasks; // nobody reads it
    if (setup.way != Setup::Way::Threads)
        return runLoop(std::move(options), setup, *board);
    Runtime::prepareProcess();
    return ServerThreads(std::move(options), setup, *board).run();
}

} // namespace loopscope
