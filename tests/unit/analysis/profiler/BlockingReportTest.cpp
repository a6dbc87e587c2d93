// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Recordings made event by event, so that each number of the report is known beforehand.
#include "analysis/profiler/BlockingReport.h"
#include "recording/RecordingWriter.h"

#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

namespace {

constexpr quint64 ms = 1'000'000;

/// Writes a recording, event by event.
class Recorder
{
public:
    explicit Recorder(const QString &path)
        : m_writer(RecordingWriter::create(path, &m_error))
    {
        SourceText source;
        source.path = QStringLiteral("/script.js");
        source.text = "a\nb\nc\n";
        source.sites.resize(4);
        for (quint32 i = 0; i < 4; ++i)
            source.sites[i] = {i + 1, 1, i + 1, 2, 0, SiteKind::Function, QString(QChar(u'f')) + QString::number(i)};
        m_writer->defineSource(source);
    }
    Recorder &add(
        quint64 time, EventKind kind, SubjectId subject = 0, quint8 detail = 0, qint64 value = 0, SiteId site = 0, SubjectId cause = 0)
    {
        Event event;
        event.time = time;
        event.kind = kind;
        event.subject = subject;
        event.detail = detail;
        event.value = value;
        event.site = site;
        event.cause = cause;
        event.setPhase(m_phase, m_lane);
        m_writer->append(event);
        return *this;
    }
    Recorder &timer(quint64 time, SubjectId subject, quint64 due, SiteId site)
    {
        add(time, EventKind::TaskCreated, subject, static_cast<quint8>(TaskKind::Timeout), 0, site);
        return add(time, EventKind::TimerArmed, subject, 0, static_cast<qint64>(due));
    }
    Recorder &run(quint64 from, quint64 to, SubjectId subject, TaskKind kind, SiteId site)
    {
        add(from, EventKind::TaskBegun, subject, static_cast<quint8>(kind), 0, site);
        return add(to, EventKind::TaskEnded, subject, static_cast<quint8>(kind));
    }
    void finish() { m_writer->finish(); }
    Phase m_phase = Phase::Timers;
    quint16 m_lane = 0;

private:
    QString m_error;
    std::unique_ptr<RecordingWriter> m_writer;
};

} // namespace

class BlockingReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void victimsByName();
    void theLongerHoldOfTwoIsNotBlamedForTheOther();
    void aDrainIsOneHold();
    void clientsRequestsWait();
    void aPlainServersRequestsWait();
    void thresholdsAreExact();

private:
    void open(const QString &path, Profile *profile)
    {
        QVERIFY(m_reader.open(path));
        profile->update(m_reader);
    }
    QTemporaryDir m_folder;
    QString m_path = m_folder.filePath(QStringLiteral("run.lscope"));
    RecordingReader m_reader;
};

void BlockingReportTest::victimsByName()
{
    Recorder recorder(m_path);
    recorder.timer(0, 1, 10 * ms, 1).timer(0, 2, 30 * ms, 2).timer(0, 3, 100 * ms, 3);
    recorder.run(10 * ms, 60 * ms, 1, TaskKind::Timeout, 1); // holds for 50 ms
    recorder.run(60 * ms, 61 * ms, 2, TaskKind::Timeout, 2); // 30 ms late
    recorder.run(100 * ms, 101 * ms, 3, TaskKind::Timeout, 3); // in time
    recorder.finish();
    Profile profile;
    open(m_path, &profile);
    const BlockingReport report(profile, 10 * ms);
    QCOMPARE(report.blockers().size(), std::size_t(1));
    const Blocker &blocker = report.blockers().front();
    QCOMPARE(blocker.function, SiteId(1));
    QCOMPARE(blocker.total, 50 * ms);
    QCOMPARE(blocker.harm, 30 * ms);
    QCOMPARE(blocker.victimCount, quint64(1));
    QCOMPARE(blocker.victims.front().subject, SubjectId(2));
    QCOMPARE(blocker.victims.front().kind, Victim::Kind::Timer);
    QCOMPARE(blocker.victims.front().lateness, 30 * ms);
    QCOMPARE(blocker.p99With, 30 * ms);
    QCOMPARE(blocker.p99Without, quint64(0));
}

void BlockingReportTest::theLongerHoldOfTwoIsNotBlamedForTheOther()
{
    Recorder recorder(m_path);
    recorder.timer(0, 1, 0, 1).timer(0, 2, 0, 2).timer(0, 3, 0, 3);
    recorder.run(0, 20 * ms, 1, TaskKind::Timeout, 1);
    recorder.run(20 * ms, 60 * ms, 2, TaskKind::Timeout, 2); // waited 20 ms for the first
    recorder.run(60 * ms, 61 * ms, 3, TaskKind::Timeout, 3); // 20 ms for the first, 40 ms for the second
    recorder.finish();
    Profile profile;
    open(m_path, &profile);
    const BlockingReport report(profile, 10 * ms);
    QCOMPARE(report.blockers().size(), std::size_t(2));
    for (const Blocker &blocker : report.blockers())
        QCOMPARE(blocker.harm, 40 * ms); // 20 + 20, and 40
}

void BlockingReportTest::aDrainIsOneHold()
{
    Recorder recorder(m_path);
    recorder.timer(0, 1, 0, 1);
    recorder.timer(0, 500, 5 * ms, 2);
    recorder.run(0, ms, 1, TaskKind::Timeout, 1);
    for (quint32 i = 0; i < 30; ++i) {
        recorder.add(ms + i * ms, EventKind::TaskCreated, 10 + i, static_cast<quint8>(TaskKind::PromiseReaction), 0, 3);
        recorder.run(ms + i * ms, 2 * ms + i * ms, 10 + i, TaskKind::PromiseReaction, 3);
    }
    recorder.run(31 * ms, 32 * ms, 500, TaskKind::Timeout, 2);
    for (int i = 0; i < 600; ++i) // numbers are below the events
        recorder.add(40 * ms, EventKind::Mark);
    recorder.finish();
    Profile profile;
    open(m_path, &profile);
    const BlockingReport report(profile, 10 * ms);
    QCOMPARE(report.blockers().size(), std::size_t(1));
    QCOMPARE(report.blockers().front().kind, BlockerKind::MicrotaskDrain);
    QCOMPARE(report.blockers().front().function, SiteId(3));
    QCOMPARE(report.blockers().front().total, 31 * ms);
    QCOMPARE(report.blockers().front().jobs, quint64(30));
}

void BlockingReportTest::clientsRequestsWait()
{
    Recorder recorder(m_path);
    recorder.timer(0, 1, 10 * ms, 1);
    recorder.add(0, EventKind::RequestSent, 2, 0, 1);
    recorder.add(ms, EventKind::RequestStepped, 2, static_cast<quint8>(RequestActivity::Waiting));
    recorder.add(10 * ms, EventKind::TaskBegun, 1, static_cast<quint8>(TaskKind::Timeout), 0, 1);
    recorder.add(20 * ms, EventKind::RequestStepped, 2, static_cast<quint8>(RequestActivity::Ready));
    recorder.add(90 * ms, EventKind::TaskEnded, 1, static_cast<quint8>(TaskKind::Timeout));
    recorder.add(90 * ms, EventKind::RequestStepped, 2, static_cast<quint8>(RequestActivity::Running));
    recorder.add(100 * ms, EventKind::RequestEnded, 2, 0, 200);
    recorder.finish();
    Profile profile;
    open(m_path, &profile);
    const BlockingReport report(profile, 10 * ms);
    QCOMPARE(report.blockers().size(), std::size_t(1));
    const Blocker &blocker = report.blockers().front();
    QCOMPARE(blocker.victims.front().kind, Victim::Kind::Request);
    QCOMPARE(blocker.harm, 70 * ms);
    QVERIFY(blocker.isOfRequests);
    QCOMPARE(blocker.p99With, 100 * ms);
    QCOMPARE(blocker.p99Without, 30 * ms);
}

/// Two callbacks of the request wait at once, and one after its answer.
void BlockingReportTest::aPlainServersRequestsWait()
{
    constexpr auto io = static_cast<quint8>(TaskKind::IoCallback);
    constexpr auto timeout = static_cast<quint8>(TaskKind::Timeout);
    Recorder recorder(m_path);
    recorder.add(0, EventKind::HandleOpened, 1);
    recorder.timer(0, 2, 10 * ms, 1).timer(0, 3, 65 * ms, 2);
    recorder.add(10 * ms, EventKind::TaskBegun, 2, timeout, 0, 1);
    recorder.add(20 * ms, EventKind::TaskCreated, 4, io, 0, 0, 1).add(20 * ms, EventKind::TaskReady, 4, io);
    recorder.add(60 * ms, EventKind::TaskEnded, 2, timeout); // held for 50 ms
    recorder.add(60 * ms, EventKind::TaskBegun, 4, io, 0, 0, 1);
    recorder.add(60 * ms, EventKind::RequestSent, 5, 0, 1, 0, 4);
    recorder.timer(60 * ms, 6, 70 * ms, 3).timer(60 * ms, 7, 75 * ms, 3).timer(60 * ms, 8, 75 * ms, 3);
    recorder.add(61 * ms, EventKind::TaskEnded, 4, io);
    recorder.run(65 * ms, 95 * ms, 3, TaskKind::Timeout, 2); // held for 30 ms, by another function
    recorder.run(95 * ms, 96 * ms, 6, TaskKind::Timeout, 3);
    recorder.add(96 * ms, EventKind::TaskBegun, 7, timeout, 0, 3);
    recorder.add(97 * ms, EventKind::RequestEnded, 5, 0, 200, 0, 7);
    recorder.add(98 * ms, EventKind::TaskEnded, 7, timeout);
    recorder.run(98 * ms, 99 * ms, 8, TaskKind::Timeout, 3);
    recorder.finish();
    Profile profile;
    open(m_path, &profile);
    QCOMPARE(profile.requests().size(), std::size_t(1));
    QCOMPARE(profile.requests()[0].sent, 20 * ms);
    const BlockingReport report(profile, 10 * ms);
    QCOMPARE(report.blockers().size(), std::size_t(2));
    for (const Blocker &blocker : report.blockers()) {
        const bool isFirst = blocker.function == SiteId(1);
        QVERIFY(blocker.isOfRequests);
        QCOMPARE(blocker.victims[0].kind, Victim::Kind::Request);
        QCOMPARE(blocker.victims[0].subject, SubjectId(5));
        // Its two timers waited from 70 and 75 ms on, which is one wait; the one behind the answer is a victim of its own.
        QCOMPARE(blocker.victims[0].delay, isFirst ? 40 * ms : 25 * ms);
        QCOMPARE(blocker.victimCount, quint64(isFirst ? 1 : 2));
        QCOMPARE(blocker.harm, isFirst ? 40 * ms : (25 + 20) * ms);
        QCOMPARE(blocker.p99With, 77 * ms);
        QCOMPARE(blocker.p99Without, isFirst ? 37 * ms : 52 * ms);
    }
}

void BlockingReportTest::thresholdsAreExact()
{
    Recorder recorder(m_path);
    recorder.timer(0, 1, 0, 1).timer(0, 2, 0, 2);
    recorder.run(0, 10 * ms, 1, TaskKind::Timeout, 1);
    recorder.run(10 * ms, 20 * ms - 1, 2, TaskKind::Timeout, 2);
    recorder.finish();
    Profile profile;
    open(m_path, &profile);
    QCOMPARE(BlockingReport(profile, 10 * ms).holds().size(), std::size_t(1));
    QCOMPARE(BlockingReport(profile, 10 * ms + 1).holds().size(), std::size_t(0));
    QCOMPARE(BlockingReport(profile, 1).delay().count, quint64(2));
}

QTEST_GUILESS_MAIN(BlockingReportTest)
#include "BlockingReportTest.moc"
