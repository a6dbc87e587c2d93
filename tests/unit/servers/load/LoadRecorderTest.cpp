// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/load/LoadRecorder.h"

#include <QtTest>

using namespace loopscope;

namespace {

constexpr qint64 millisecond = 1'000'000;

/// Times in ms, as in the tests below.
LoadRecord requestOf(qint64 intended, qint64 ended, LoadFailure failure = LoadFailure::Count)
{
    LoadRecord record;
    record.intended = record.sent = intended * millisecond;
    record.ended = ended * millisecond;
    record.failure = failure;
    return record;
}

} // namespace

/// Both sides of Little's law, stretch by stretch: 100 ms of warm-up, 200 ms that are measured, stretches of 100 ms.
class LoadRecorderTest : public QObject
{
    Q_OBJECT

private:
    LoadPlan m_plan;
    std::vector<LoadSample> m_stretches;
    std::unique_ptr<LoadRecorder> m_recorder;

    void arrive(qint64 now, qint64 intended)
    {
        m_recorder->passTime(now * millisecond);
        m_recorder->arrived(intended * millisecond);
    }
    void end(const LoadRecord &record)
    {
        m_recorder->passTime(record.ended);
        m_recorder->ended(record);
    }
    double sojournOf(size_t stretch) const { return m_stretches[stretch].sojournTime / millisecond; }

private Q_SLOTS:
    void init()
    {
        m_plan = {};
        m_plan.warmupSeconds = 0.1;
        m_plan.seconds = 0.2;
        m_plan.sampleSeconds = 0.1;
        m_stretches.clear();
        m_recorder = std::make_unique<LoadRecorder>(m_plan, [this](LoadSample &&sample) { m_stretches.push_back(std::move(sample)); });
    }

    void aRequestCountsInEachStretchThatItTouches()
    {
        arrive(-40, -40); // from the warm-up into the second measured stretch
        arrive(20, 20); // inside
        end(requestOf(20, 50));
        end(requestOf(-40, 130));
        arrive(160, 155); // found out late; not over at the end
        m_recorder->passTime(250 * millisecond);
        m_recorder->finish();
        QCOMPARE(m_stretches.size(), size_t{4});
        QCOMPARE(sojournOf(0), 40.0);
        QCOMPARE(sojournOf(1), 130.0);
        QCOMPARE(sojournOf(2), 75.0);
        QCOMPARE(sojournOf(3), 50.0);
        for (const LoadSample &stretch : m_stretches)
            QCOMPARE(stretch.littleDifference(), 0.0);
        QCOMPARE(m_stretches[1].meanInFlight(), 1.3);
    }

    void whoFailsWasInFlightToo()
    {
        arrive(10, 10);
        end(requestOf(10, 70, LoadFailure::TimedOut));
        m_recorder->passTime(100 * millisecond);
        QCOMPARE(sojournOf(1), 60.0);
        QCOMPARE(m_stretches[1].littleDifference(), 0.0);
    }

    // A request whose record says another end than the moment at which the recorder is told of it.
    void theTwoSidesAreCountedApart()
    {
        arrive(10, 10);
        m_recorder->passTime(70 * millisecond);
        m_recorder->ended(requestOf(10, 40));
        m_recorder->passTime(100 * millisecond);
        QCOMPARE(m_stretches[1].littleDifference(), 0.5);
    }

    // An hour of 10 million requests in flight: their moments' sum is more than 64 bits hold.
    void manyForLongDoNotOverflow()
    {
        constexpr qint64 hour = 3'600'000;
        constexpr qint64 many = 10'000'000;
        m_recorder->passTime(hour * millisecond);
        for (qint64 i = 0; i < many; ++i)
            m_recorder->arrived(hour * millisecond);
        m_stretches.clear();
        m_recorder->passTime((hour + 100) * millisecond);
        QCOMPARE(sojournOf(0), static_cast<double>(many * 100));
    }
};

QTEST_GUILESS_MAIN(LoadRecorderTest)
#include "LoadRecorderTest.moc"
