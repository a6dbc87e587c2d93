// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/SimulatedIo.h"
#include "io/LatencyTable.h"
#include "io/PosixFileSystem.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace loopscope;

namespace {

FileSystem &files()
{
    static PosixFileSystem files;
    return files;
}

constexpr quint64 second = 1'000'000'000;

IoOperation operation(const char *name, const QString &path, const QByteArray &data = {})
{
    IoOperation made;
    made.name = QString::fromLatin1(name);
    made.arguments = {{path}};
    if (!data.isNull())
        made.arguments.push_back({data});
    return made;
}

std::vector<IoTransition> ofKind(const std::vector<IoTransition> &transitions, IoTransition::Kind kind)
{
    std::vector<IoTransition> found;
    std::copy_if(transitions.begin(), transitions.end(), std::back_inserter(found),
        [kind](const IoTransition &transition) { return transition.kind == kind; });
    return found;
}

/// "time kind request thread free" of every transition.
QString written(const std::vector<IoTransition> &transitions)
{
    QString text;
    for (const IoTransition &transition : transitions)
        text += QStringLiteral("%1 %2 %3 %4 %5\n")
                    .arg(transition.time)
                    .arg(static_cast<int>(transition.kind))
                    .arg(transition.request)
                    .arg(transition.thread)
                    .arg(transition.freeChoice);
    return text;
}

} // namespace

class SimulatedIoTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void nothingToDo();
    void oneRequest();
    void sameSeedSameTimes();
    void knownSequence();
    void otherSeedOtherOrder();
    void threadsLimitWhatRuns_data();
    void threadsLimitWhatRuns();
    void queueIsFirstComeFirstServed();
    void looksDoNotChangeTheOutcome();
    void carriedOutAtItsStart();
    void bytesTakeTime();
    void latenciesStayInTheirRange();
    void freeChoicesOnlyWhereOthersRan();
    void errorsComeAsResults();
    void performNowTakesNoThread();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString path(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
};

void SimulatedIoTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QFile file(path("a"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("hello") == 5);
}

void SimulatedIoTest::nothingToDo()
{
    const auto io = makeSimulatedIo(files(), 1);
    QVERIFY(!io->hasRequests());
    QCOMPARE(io->nextTransition(), ~0ULL);
    QVERIFY(io->takeTransitions(second).empty());
}

void SimulatedIoTest::oneRequest()
{
    const auto io = makeSimulatedIo(files(), 1);
    io->submit(5, operation("readFile", path("a")), 1000);
    QVERIFY(io->hasRequests());
    const quint64 start = io->nextTransition();
    QVERIFY(start >= 1000 + threadWakeUp.least && start <= 1000 + threadWakeUp.most);
    QVERIFY(io->takeTransitions(start - 1).empty());
    const auto started = io->takeTransitions(start);
    QCOMPARE(started.size(), std::size_t(1));
    QVERIFY(started[0].kind == IoTransition::Kind::Started && started[0].request == 5 && started[0].thread == 1);
    const quint64 end = io->nextTransition();
    QVERIFY(end >= start + latencyRange(QStringLiteral("readFile")).least);
    const auto completed = io->takeTransitions(second);
    QCOMPARE(completed.size(), std::size_t(1));
    QVERIFY(completed[0].kind == IoTransition::Kind::Completed && completed[0].time == end && !completed[0].freeChoice);
    QCOMPARE(std::get<QByteArray>(completed[0].result.value.value), QByteArray("hello"));
    QVERIFY(!io->hasRequests());
}

static std::vector<IoTransition> runOfTen(quint64 seed, int threads, const QString &path)
{
    const auto io = makeSimulatedIo(files(), seed, threads);
    for (SubjectId request = 1; request <= 10; ++request)
        io->submit(request, operation(request % 2 == 0 ? "stat" : "readFile", path), 0);
    return io->takeTransitions(second);
}

void SimulatedIoTest::sameSeedSameTimes()
{
    const QString first = written(runOfTen(42, 4, path("a")));
    QCOMPARE(first.count(u'\n'), 20);
    QCOMPARE(written(runOfTen(42, 4, path("a"))), first);
}

void SimulatedIoTest::knownSequence()
{
    // Recordings must be the same on every machine and in every build: these are the numbers of SplitMix64's reference code for seed 0.
    SeededGenerator generator(0);
    QCOMPARE(generator.next(), 0xe220a8397b1dcdafULL);
    QCOMPARE(generator.next(), 0x6e789e6aa1b965f4ULL);
    QCOMPARE(generator.next(), 0x06c45d188009454fULL);
}

void SimulatedIoTest::otherSeedOtherOrder()
{
    std::set<QString> orders;
    for (quint64 seed = 1; seed <= 10; ++seed) {
        QString order;
        for (const IoTransition &completed : ofKind(runOfTen(seed, 4, path("a")), IoTransition::Kind::Completed))
            order += QString::number(completed.request) + u' ';
        orders.insert(order);
    }
    QVERIFY(orders.size() > 3);
}

void SimulatedIoTest::threadsLimitWhatRuns_data()
{
    QTest::addColumn<int>("threads");
    for (const int threads : {1, 2, 4, 8})
        QTest::addRow("%d threads", threads) << threads;
}

void SimulatedIoTest::threadsLimitWhatRuns()
{
    QFETCH(int, threads);
    const auto transitions = runOfTen(3, threads, path("a"));
    std::map<int, SubjectId> busy;
    std::size_t most = 0;
    quint64 before = 0;
    for (const IoTransition &transition : transitions) {
        QVERIFY(transition.time >= before);
        before = transition.time;
        QVERIFY(transition.thread >= 1 && transition.thread <= threads);
        if (transition.kind == IoTransition::Kind::Started) {
            QVERIFY(busy.emplace(transition.thread, transition.request).second);
        } else {
            QCOMPARE(busy.at(transition.thread), transition.request);
            busy.erase(transition.thread);
        }
        most = std::max(most, busy.size());
    }
    QCOMPARE(most, static_cast<std::size_t>(threads));
    QVERIFY(busy.empty());
}

void SimulatedIoTest::queueIsFirstComeFirstServed()
{
    for (quint64 seed = 1; seed <= 20; ++seed) {
        // The first four wake their threads up, which takes each its own time; those that waited in the queue start in its order.
        std::vector<SubjectId> starts;
        for (const IoTransition &transition : ofKind(runOfTen(seed, 4, path("a")), IoTransition::Kind::Started))
            starts.push_back(transition.request);
        std::sort(starts.begin(), starts.begin() + 4);
        QVERIFY(std::is_sorted(starts.begin(), starts.end()));
    }
    const auto alone = ofKind(runOfTen(1, 1, path("a")), IoTransition::Kind::Completed);
    QVERIFY(std::is_sorted(alone.begin(), alone.end(), [](const auto &a, const auto &b) { return a.request < b.request; }));
}

void SimulatedIoTest::looksDoNotChangeTheOutcome()
{
    const QString atOnce = written(runOfTen(9, 4, path("a")));
    const auto io = makeSimulatedIo(files(), 9, 4);
    for (SubjectId request = 1; request <= 10; ++request)
        io->submit(request, operation(request % 2 == 0 ? "stat" : "readFile", path("a")), 0);
    std::vector<IoTransition> stepwise;
    while (io->hasRequests()) {
        for (IoTransition &transition : io->takeTransitions(io->nextTransition()))
            stepwise.push_back(std::move(transition));
    }
    QCOMPARE(written(stepwise), atOnce);
}

void SimulatedIoTest::carriedOutAtItsStart()
{
    const auto io = makeSimulatedIo(files(), 1);
    io->submit(1, operation("writeFile", path("new"), "x"), 0);
    QVERIFY(!QFile::exists(path("new"))); // the script that runs on does not see it yet
    const quint64 start = io->nextTransition();
    io->takeTransitions(start - 1);
    QVERIFY(!QFile::exists(path("new")));
    io->takeTransitions(start);
    QVERIFY(QFile::exists(path("new")));
    QVERIFY(io->hasRequests()); // done, but not told yet
}

void SimulatedIoTest::bytesTakeTime()
{
    const auto duration = [this](const QByteArray &data) {
        const auto io = makeSimulatedIo(files(), 1);
        io->submit(1, operation("writeFile", path("sized"), data), 0);
        const auto transitions = io->takeTransitions(second);
        return transitions.at(1).time - transitions.at(0).time;
    };
    QCOMPARE(duration(QByteArray(1'000'000, 'x')) - duration(QByteArray("")), 2'000'000ULL); // 500 MB/s
}

void SimulatedIoTest::latenciesStayInTheirRange()
{
    SeededGenerator generator(11);
    const LatencyRange range = latencyRange(QStringLiteral("stat"));
    quint64 sum = 0;
    constexpr quint64 draws = 20'000;
    for (quint64 i = 0; i < draws; ++i) {
        const quint64 latency = generator.nextLatency(range.least, range.most);
        QVERIFY(latency >= range.least && latency <= range.most);
        sum += latency - range.least;
    }
    const double mean = static_cast<double>(sum) / static_cast<double>(draws) / static_cast<double>(range.most - range.least);
    QVERIFY2(mean > 0.32 && mean < 0.35, qPrintable(QString::number(mean))); // a third of the way up
}

void SimulatedIoTest::freeChoicesOnlyWhereOthersRan()
{
    // One thread leaves no choice.
    for (const IoTransition &completed : ofKind(runOfTen(5, 1, path("a")), IoTransition::Kind::Completed))
        QVERIFY(!completed.freeChoice);
    // With more, all but the last might have been overtaken.
    const auto completed = ofKind(runOfTen(5, 4, path("a")), IoTransition::Kind::Completed);
    QVERIFY(!completed.back().freeChoice);
    QVERIFY(std::count_if(completed.begin(), completed.end(), [](const auto &transition) { return transition.freeChoice; }) >= 7);
    // Requests that follow each other leave none either.
    const auto io = makeSimulatedIo(files(), 5, 4);
    for (SubjectId request = 1; request <= 3; ++request) {
        io->submit(request, operation("stat", path("a")), request * second);
        for (const IoTransition &transition : io->takeTransitions((request + 1) * second - 1))
            QVERIFY(!transition.freeChoice);
    }
}

void SimulatedIoTest::errorsComeAsResults()
{
    const auto io = makeSimulatedIo(files(), 1);
    io->submit(1, operation("readFile", path("missing")), 0);
    const auto transitions = io->takeTransitions(second);
    QCOMPARE(transitions.size(), std::size_t(2));
    QCOMPARE(transitions[1].result.error.message(), QStringLiteral("ENOENT: no such file or directory, open '%1'").arg(path("missing")));
}

void SimulatedIoTest::performNowTakesNoThread()
{
    const auto io = makeSimulatedIo(files(), 1);
    QCOMPARE(std::get<QByteArray>(io->performNow(operation("readFile", path("a"))).value.value), QByteArray("hello"));
    QVERIFY(!io->hasRequests());
}

QTEST_GUILESS_MAIN(SimulatedIoTest)
#include "SimulatedIoTest.moc"
