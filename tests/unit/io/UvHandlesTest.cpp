// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/UvHandles.h"
#include "io/PosixFileSystem.h"
#include "io/UvIo.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <deque>
#include <map>

using namespace loopscope;

namespace {

constexpr quint64 second = 1'000'000'000;
constexpr HandleId server = 1;
constexpr HandleId client = 2;
constexpr HandleId accepted = 3;
constexpr SubjectId connecting = 100;
HandleEvent nothing()
{
    HandleEvent event;
    event.kind = HandleEvent::Kind::Failed;
    return event;
}

const Endpoint anyPort{"127.0.0.1", 0, {}};

} // namespace

/// One loop with both ends of every connection.
class UvHandlesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void streams_data();
    void streams();
    void stoppedReadingKeepsWhatCame();
    void muchGoesThrough();
    void portInUse();
    void refused();
    void noSuchPipe();
    void closedHandlesTellNothing();
    void resetIsSeen();
    void writesToAClosedPeer();
    void manyConnections();
    void datagrams();
    void processes();
    void processesThatCannotStart();
    void processesAreKilled();
    void watchers();
    void foreignDescriptors();

private:
    HandleProvider &handles() { return *m_io->handles(); }
    /// Turns the loop until the handle told something of this kind, fetched in its turn; `kind` Failed if nothing came.
    HandleEvent next(HandleId handle, HandleEvent::Kind kind);
    /// Turns the loop until the request was answered: 0 or the negative errno.
    int answer(SubjectId request);
    void turn(quint64 limit);
    void connectPair(HandleKind kind);
    QByteArray readAll(HandleId handle, qsizetype count);

    Clock m_clock{Clock::Kind::Wall};
    std::unique_ptr<QTemporaryDir> m_folder;
    PosixFileSystem m_files;
    std::unique_ptr<UvIo> m_io;
    std::deque<HandleEvent> m_told;
    std::map<SubjectId, int> m_answers;
};

void UvHandlesTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_told.clear();
    m_answers.clear();
    m_io = std::make_unique<UvIo>(m_clock, m_files);
}

void UvHandlesTest::turn(quint64 limit)
{
    m_io->waitUntil(limit);
    for (IoTransition &transition : m_io->takeTransitions(m_clock.now())) {
        if (transition.kind == IoTransition::Kind::Completed) {
            m_answers[transition.request] = transition.result.error.errorNumber;
            continue;
        }
        for (EventTurn outcome = EventTurn::ToldWithMore; outcome == EventTurn::ToldWithMore;) {
            HandleEvent event = transition.event;
            outcome = handles().fetch(&event);
            if (outcome != EventTurn::Void)
                m_told.push_back(std::move(event));
        }
    }
}

HandleEvent UvHandlesTest::next(HandleId handle, HandleEvent::Kind kind)
{
    const quint64 limit = m_clock.now() + 5 * second;
    for (;;) {
        for (auto event = m_told.begin(); event != m_told.end(); ++event) {
            if (event->handle != handle || event->kind != kind)
                continue;
            const HandleEvent found = std::move(*event);
            m_told.erase(event);
            return found;
        }
        if (m_clock.now() >= limit)
            return nothing();
        turn(limit);
    }
}

int UvHandlesTest::answer(SubjectId request)
{
    const quint64 limit = m_clock.now() + 5 * second;
    while (!m_answers.contains(request) && m_clock.now() < limit)
        turn(limit);
    return m_answers.contains(request) ? m_answers[request] : 1;
}

/// `server` listens, `client` is connected to `accepted`.
void UvHandlesTest::connectPair(HandleKind kind)
{
    Endpoint endpoint = anyPort;
    if (kind == HandleKind::Pipe)
        endpoint = {{}, 0, QFile::encodeName(m_folder->filePath(QStringLiteral("socket")))};
    QCOMPARE(handles().open(server, kind), 0);
    QCOMPARE(handles().bind(server, endpoint, 0), 0);
    QCOMPARE(handles().listen(server, 511), 0);
    Endpoint local;
    QCOMPARE(handles().localEndpoint(server, &local), 0);
    QCOMPARE(handles().open(client, kind), 0);
    QCOMPARE(handles().connect(client, connecting, local), 0);
    QCOMPARE(answer(connecting), 0);
    QCOMPARE(next(server, HandleEvent::Kind::Connection).kind, HandleEvent::Kind::Connection);
    QCOMPARE(handles().accept(server, accepted), 0);
}

QByteArray UvHandlesTest::readAll(HandleId handle, qsizetype count)
{
    QByteArray all;
    while (all.size() < count) {
        const HandleEvent event = next(handle, HandleEvent::Kind::Data);
        if (event.kind != HandleEvent::Kind::Data)
            break;
        all += event.data;
    }
    return all;
}

void UvHandlesTest::streams_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("TCP") << static_cast<int>(HandleKind::Tcp);
    QTest::newRow("pipe") << static_cast<int>(HandleKind::Pipe);
}

void UvHandlesTest::streams()
{
    QFETCH(const int, kind);
    connectPair(static_cast<HandleKind>(kind));
    QCOMPARE(handles().setReading(accepted, true), 0);
    QVERIFY(handles().write(client, 5, "hello").isDone);
    QCOMPARE(next(accepted, HandleEvent::Kind::Data).data, QByteArray("hello"));
    QCOMPARE(handles().shutdown(client, 6), 0);
    QCOMPARE(answer(6), 0);
    QCOMPARE(next(accepted, HandleEvent::Kind::End).kind, HandleEvent::Kind::End);
    // Half open: the other direction goes on.
    QCOMPARE(handles().setReading(client, true), 0);
    QVERIFY(handles().write(accepted, 7, "answer").isDone);
    QCOMPARE(next(client, HandleEvent::Kind::Data).data, QByteArray("answer"));
    if (kind == static_cast<int>(HandleKind::Tcp)) {
        Endpoint local;
        Endpoint remote;
        QCOMPARE(handles().localEndpoint(client, &local), 0);
        QCOMPARE(handles().remoteEndpoint(accepted, &remote), 0);
        QCOMPARE(remote.address, QByteArray("127.0.0.1"));
        QCOMPARE(remote.port, local.port);
        QCOMPARE(handles().setNoDelay(client, true), 0);
        QCOMPARE(handles().setKeepAlive(client, true, 10), 0);
    }
}

void UvHandlesTest::stoppedReadingKeepsWhatCame()
{
    connectPair(HandleKind::Tcp);
    QCOMPARE(handles().setReading(accepted, true), 0);
    QVERIFY(handles().write(client, 5, "early").isDone);
    // libuv has read it, and the loop was told, but before its turn the script stops reading.
    while (m_io->nextTransition() == ~0ULL)
        m_io->waitUntil(m_clock.now() + second);
    std::vector<IoTransition> told = m_io->takeTransitions(m_clock.now());
    QCOMPARE(handles().setReading(accepted, false), 0);
    QCOMPARE(handles().fetch(&told.front().event), EventTurn::Void);
    QVERIFY(handles().write(client, 6, "late").isDone);
    turn(m_clock.now() + second / 100);
    QVERIFY(m_told.empty());
    QCOMPARE(handles().setReading(accepted, true), 0);
    QCOMPARE(readAll(accepted, 9), QByteArray("earlylate"));
}

void UvHandlesTest::muchGoesThrough()
{
    connectPair(HandleKind::Tcp);
    QByteArray much(32 << 20, Qt::Uninitialized);
    for (qsizetype index = 0; index < much.size(); ++index)
        much[index] = static_cast<char>(index * 31 / 7);
    const WriteOutcome outcome = handles().write(client, 5, much);
    QCOMPARE(outcome.error, 0);
    QVERIFY(!outcome.isDone);
    QVERIFY(handles().queuedBytes(client) > 0);
    QCOMPARE(handles().setReading(accepted, true), 0);
    QVERIFY(readAll(accepted, much.size()) == much);
    QCOMPARE(answer(5), 0);
    QCOMPARE(handles().queuedBytes(client), 0);
}

void UvHandlesTest::portInUse()
{
    connectPair(HandleKind::Tcp);
    Endpoint local;
    QCOMPARE(handles().localEndpoint(server, &local), 0);
    QCOMPARE(handles().open(9, HandleKind::Tcp), 0);
    QCOMPARE(handles().bind(9, local, 0), 0); // libuv tells it when it listens
    QCOMPARE(handles().listen(9, 511), -EADDRINUSE);
}

void UvHandlesTest::refused()
{
    connectPair(HandleKind::Tcp);
    Endpoint local;
    QCOMPARE(handles().localEndpoint(server, &local), 0);
    handles().close(server);
    QCOMPARE(handles().open(9, HandleKind::Tcp), 0);
    QCOMPARE(handles().connect(9, 10, local), 0);
    QCOMPARE(answer(10), -ECONNREFUSED);
}

void UvHandlesTest::noSuchPipe()
{
    QCOMPARE(handles().open(client, HandleKind::Pipe), 0);
    QCOMPARE(handles().connect(client, 10, {{}, 0, QFile::encodeName(m_folder->filePath(QStringLiteral("none")))}), 0);
    QCOMPARE(answer(10), -ENOENT);
    QCOMPARE(handles().connect(client, 11, {{}, 0, QByteArray(200, 'x')}), -ENAMETOOLONG);
}

void UvHandlesTest::closedHandlesTellNothing()
{
    connectPair(HandleKind::Tcp);
    QCOMPARE(handles().setReading(accepted, true), 0);
    QVERIFY(!handles().write(client, 5, QByteArray(32 << 20, 'x')).isDone);
    handles().close(client);
    handles().close(accepted);
    turn(m_clock.now() + second / 100);
    turn(m_clock.now() + second / 100);
    QVERIFY(!m_answers.contains(5));
    QVERIFY(m_told.empty());
    QCOMPARE(handles().write(client, 6, "x").error, -EBADF);
    QCOMPARE(handles().setReading(accepted, true), -EBADF);
}

void UvHandlesTest::resetIsSeen()
{
    connectPair(HandleKind::Tcp);
    QCOMPARE(handles().setReading(accepted, true), 0);
    QCOMPARE(handles().reset(client), 0);
    const HandleEvent event = next(accepted, HandleEvent::Kind::Failed);
    QCOMPARE(event.error, -ECONNRESET);
}

void UvHandlesTest::writesToAClosedPeer()
{
    connectPair(HandleKind::Pipe);
    handles().close(accepted);
    turn(m_clock.now());
    QCOMPARE(handles().write(client, 5, "x").error, -EPIPE);
}

void UvHandlesTest::manyConnections()
{
    connectPair(HandleKind::Tcp);
    Endpoint local;
    QCOMPARE(handles().localEndpoint(server, &local), 0);
    constexpr HandleId count = 400;
    for (int round = 0; round < 5; ++round) {
        for (HandleId index = 0; index < count; ++index) {
            QCOMPARE(handles().open(1000 + index, HandleKind::Tcp), 0);
            QCOMPARE(handles().connect(1000 + index, 1000 + index, local), 0);
        }
        for (HandleId index = 0; index < count; ++index) {
            QCOMPARE(next(server, HandleEvent::Kind::Connection).kind, HandleEvent::Kind::Connection);
            QCOMPARE(handles().accept(server, 5000 + index), 0);
            QVERIFY(handles().write(5000 + index, 1, "x").isDone);
        }
        for (HandleId index = 0; index < count; ++index) {
            QCOMPARE(answer(1000 + index), 0);
            QCOMPARE(handles().setReading(1000 + index, true), 0);
            QCOMPARE(next(1000 + index, HandleEvent::Kind::Data).data, QByteArray("x"));
            handles().close(1000 + index);
            handles().close(5000 + index);
        }
        m_answers.clear();
    }
}

void UvHandlesTest::datagrams()
{
    QCOMPARE(handles().open(server, HandleKind::Udp), 0);
    QCOMPARE(handles().bind(server, anyPort, 0), 0);
    QCOMPARE(handles().setReceiving(server, true), 0);
    Endpoint local;
    QCOMPARE(handles().localEndpoint(server, &local), 0);
    QCOMPARE(handles().open(client, HandleKind::Udp), 0);
    QVERIFY(handles().send(client, 5, "one", &local).isDone);
    const HandleEvent event = next(server, HandleEvent::Kind::Datagram);
    QCOMPARE(event.data, QByteArray("one"));
    QCOMPARE(event.from.address, QByteArray("127.0.0.1"));
    QCOMPARE(handles().setPeer(client, &local), 0);
    QVERIFY(handles().send(client, 6, "", nullptr).isDone);
    QVERIFY(next(server, HandleEvent::Kind::Datagram).data.isEmpty());
    QVERIFY(handles().option(server, HandleOption::ReceiveBufferSize) > 0);
    QCOMPARE(handles().setOption(server, HandleOption::Broadcast, 1), 0);
}

void UvHandlesTest::processes()
{
    QCOMPARE(handles().open(1, HandleKind::Process), 0);
    for (const HandleId pipe : {10, 11})
        QCOMPARE(handles().open(pipe, HandleKind::Pipe), 0);
    ProcessOptions options;
    options.file = "sh";
    options.arguments = {"sh", "-c", "cat; echo \"$NAME\"; exit 3"};
    options.environment = {"NAME=value", "PATH=/usr/bin:/bin"};
    using Stream = ProcessOptions::Stream;
    options.streams = {{Stream::Kind::Pipe, 10}, {Stream::Kind::Pipe, 11}, {Stream::Kind::Ignore}};
    QVERIFY(handles().spawn(1, options) > 0);
    QVERIFY(handles().write(10, 5, "input ").isDone);
    QCOMPARE(handles().shutdown(10, 6), 0);
    QCOMPARE(handles().setReading(11, true), 0);
    QCOMPARE(readAll(11, 12), QByteArray("input value\n"));
    QCOMPARE(next(11, HandleEvent::Kind::End).kind, HandleEvent::Kind::End);
    const HandleEvent event = next(1, HandleEvent::Kind::Exited);
    QCOMPARE(event.status, 3);
    QCOMPARE(event.signal, 0);
    QCOMPARE(handles().kill(1, 15), -ESRCH);
}

void UvHandlesTest::processesThatCannotStart()
{
    QCOMPARE(handles().open(1, HandleKind::Process), 0);
    ProcessOptions options;
    options.file = "/no/such/program";
    options.arguments = {"program"};
    QCOMPARE(handles().spawn(1, options), -ENOENT);
    handles().close(1);
}

void UvHandlesTest::processesAreKilled()
{
    QCOMPARE(handles().open(1, HandleKind::Process), 0);
    ProcessOptions options;
    options.file = "/bin/sleep";
    options.arguments = {"sleep", "60"};
    QVERIFY(handles().spawn(1, options) > 0);
    QCOMPARE(handles().kill(1, 15), 0);
    QCOMPARE(next(1, HandleEvent::Kind::Exited).signal, 15);
}

void UvHandlesTest::watchers()
{
    QCOMPARE(handles().open(1, HandleKind::Watcher), 0);
    QCOMPARE(handles().watch(1, QFile::encodeName(m_folder->path())), 0);
    QFile file(m_folder->filePath(QStringLiteral("new")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const HandleEvent made = next(1, HandleEvent::Kind::Changed);
    QCOMPARE(made.data, QByteArray("new"));
    QCOMPARE(made.status, 1);
    file.write("x");
    file.close();
    QCOMPARE(next(1, HandleEvent::Kind::Changed).status, 2);
    QCOMPARE(handles().open(2, HandleKind::Watcher), 0);
    QCOMPARE(handles().watch(2, "/no/such/folder"), -ENOENT);
}

void UvHandlesTest::foreignDescriptors()
{
    QCOMPARE(handles().open(1, HandleKind::Pipe), 0);
    QFile own(m_folder->filePath(QStringLiteral("own")));
    QVERIFY(own.open(QIODevice::WriteOnly));
    QCOMPARE(handles().openDescriptor(1, own.handle()), -EBADF);
    QCOMPARE(handles().openDescriptor(1, 9999), -EBADF);
}

QTEST_GUILESS_MAIN(UvHandlesTest)
#include "UvHandlesTest.moc"
