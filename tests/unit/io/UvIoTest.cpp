// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/UvIo.h"
#include "io/PosixFileSystem.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>
#include <sys/stat.h>
#include <thread>

using namespace loopscope;

namespace {

constexpr quint64 millisecond = 1'000'000;
constexpr quint64 second = 1000 * millisecond;

IoOperation operation(const char *name, const QString &path, const QByteArray &data = {})
{
    IoOperation made;
    made.name = QString::fromLatin1(name);
    made.arguments = {{path}};
    if (!data.isNull())
        made.arguments.push_back({data});
    return made;
}

} // namespace

class UvIoTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void threadsTellInOrder();
    void threadsAreLimited();
    void errorsComeAsResults();
    void handlesOfManyThreads();
    void noticeIsGiven();
    void waitEndsAtItsMoment();
    void waitEndsByWakeUp();
    void wakeUpBeforeTheWaitCounts();
    void waitEndsByCompletion();
    void endsWithWorkUnderWay();

private:
    std::vector<IoTransition> completeAll(std::size_t count);
    QString path(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }

    Clock m_clock{Clock::Kind::Wall};
    std::unique_ptr<QTemporaryDir> m_folder;
    PosixFileSystem m_files;
    std::unique_ptr<UvIo> m_io;
};

void UvIoTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_io = std::make_unique<UvIo>(m_clock, m_files);
}

/// Everything told until `count` requests have completed.
std::vector<IoTransition> UvIoTest::completeAll(std::size_t count)
{
    std::vector<IoTransition> all;
    const quint64 limit = m_clock.now() + 10 * second;
    while (count > 0 && m_clock.now() < limit) {
        m_io->waitUntil(limit);
        for (IoTransition &transition : m_io->takeTransitions(m_clock.now())) {
            if (transition.kind == IoTransition::Kind::Completed)
                --count;
            all.push_back(std::move(transition));
        }
    }
    return all;
}

void UvIoTest::threadsTellInOrder()
{
    constexpr SubjectId count = 200;
    for (SubjectId request = 1; request <= count; ++request)
        m_io->submit(request, operation("writeFile", path("a") + QString::number(request), "content"), m_clock.now());
    QVERIFY(m_io->hasRequests());
    const std::vector<IoTransition> all = completeAll(count);
    QCOMPARE(all.size(), std::size_t(2 * count));
    std::map<SubjectId, int> threads;
    quint64 last = 0;
    for (const IoTransition &transition : all) {
        QVERIFY(transition.time >= last && transition.time <= m_clock.now());
        last = transition.time;
        if (transition.kind == IoTransition::Kind::Started) {
            QVERIFY(!threads.contains(transition.request));
            threads[transition.request] = transition.thread;
        } else {
            QCOMPARE(threads[transition.request], transition.thread);
            QVERIFY(!transition.result.error.isError());
        }
    }
    QFile file(path("a7"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("content"));
    // A thread tells that it is done a moment before libuv's loop hears of it.
    QTRY_VERIFY((m_io->waitUntil(0), !m_io->hasRequests()));
}

void UvIoTest::threadsAreLimited()
{
    // Reads of pipes that nobody writes to: each keeps a thread.
    constexpr SubjectId count = 6;
    for (SubjectId request = 1; request <= count; ++request) {
        const QString name = path("pipe") + QString::number(request);
        QCOMPARE(::mkfifo(QFile::encodeName(name).constData(), 0600), 0);
        m_io->submit(request, operation("readFile", name), m_clock.now());
    }
    std::set<int> threads;
    const quint64 limit = m_clock.now() + 10 * second;
    while (threads.size() < 4 && m_clock.now() < limit) {
        for (const IoTransition &transition : m_io->takeTransitions(m_clock.now()))
            threads.insert(transition.thread);
    }
    QTest::qWait(20);
    QVERIFY(m_io->takeTransitions(m_clock.now()).empty());
    QCOMPARE(threads.size(), std::size_t(4));
    for (SubjectId request = 1; request <= count; ++request)
        QFile(path("pipe") + QString::number(request)).open(QIODevice::WriteOnly);
    completeAll(count);
}

void UvIoTest::errorsComeAsResults()
{
    m_io->submit(1, operation("readFile", path("none")), m_clock.now());
    const std::vector<IoTransition> all = completeAll(1);
    QCOMPARE(all.back().result.error.message(), QStringLiteral("ENOENT: no such file or directory, open '%1'").arg(path("none")));
    QCOMPARE(m_io->performNow(operation("readFile", path("none"))).error.code, QStringLiteral("ENOENT"));
}

void UvIoTest::handlesOfManyThreads()
{
    constexpr SubjectId count = 400;
    for (SubjectId request = 1; request <= count; ++request)
        m_io->submit(request, operation("open", QStringLiteral("/dev/null")), m_clock.now());
    std::set<double> numbers;
    SubjectId closing = count;
    for (const IoTransition &transition : completeAll(count)) {
        if (transition.kind != IoTransition::Kind::Completed)
            continue;
        const double number = std::get<double>(transition.result.value.value);
        QVERIFY(numbers.insert(number).second);
        IoOperation close;
        close.name = QStringLiteral("close");
        close.arguments = {{number}};
        m_io->submit(++closing, close, m_clock.now());
    }
    for (const IoTransition &transition : completeAll(count))
        QVERIFY(!transition.result.error.isError());
}

void UvIoTest::noticeIsGiven()
{
    std::atomic<int> notices = 0;
    m_io->setNotice([&notices] { ++notices; });
    m_io->submit(1, operation("stat", m_folder->path()), m_clock.now());
    completeAll(1);
    QCOMPARE(notices.load(), 2);
}

void UvIoTest::waitEndsAtItsMoment()
{
    const quint64 moment = m_clock.now() + 20 * millisecond;
    QVERIFY(m_io->waitUntil(moment));
    QVERIFY(m_clock.now() >= moment);
    QVERIFY(m_clock.now() < moment + second);
}

void UvIoTest::waitEndsByWakeUp()
{
    std::thread waker([this] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        m_io->wakeUp();
    });
    const quint64 before = m_clock.now();
    m_io->waitUntil(~0ULL);
    waker.join();
    QVERIFY(m_clock.now() - before < second);
}

void UvIoTest::wakeUpBeforeTheWaitCounts()
{
    m_io->wakeUp();
    const quint64 before = m_clock.now();
    m_io->waitUntil(before + 10 * second);
    QVERIFY(m_clock.now() - before < second);
}

void UvIoTest::waitEndsByCompletion()
{
    m_io->submit(1, operation("stat", m_folder->path()), m_clock.now());
    const quint64 before = m_clock.now();
    while (m_io->nextTransition() == ~0ULL || m_io->takeTransitions(m_clock.now()).back().kind != IoTransition::Kind::Completed)
        m_io->waitUntil(before + 10 * second);
    QVERIFY(m_clock.now() - before < second);
}

void UvIoTest::endsWithWorkUnderWay()
{
    for (SubjectId request = 1; request <= 100; ++request)
        m_io->submit(request, operation("stat", m_folder->path()), m_clock.now());
    m_io.reset(); // and nothing of it is left: the sanitizers look
}

QTEST_GUILESS_MAIN(UvIoTest)
#include "UvIoTest.moc"
