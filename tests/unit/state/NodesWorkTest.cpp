// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What of a recording is Node's own work, and how events are counted without it.
#include "state/NodesWork.h"

#include <QTest>

namespace loopscope {

namespace {

Event made(EventKind kind, SubjectId subject, SubjectId cause = 0, TaskKind task = TaskKind::AwaitContinuation, SiteId site = 0)
{
    Event it;
    it.kind = kind;
    it.subject = subject;
    it.cause = cause;
    it.detail = static_cast<quint8>(task);
    it.site = site;
    return it;
}

constexpr SubjectId kScript = 1;

} // namespace

class NodesWorkTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void jobsWithoutAPlaceAreNodesOwn();
    void jobsOfThePersonAreNot();
    void foldedEventsAreLeftOut();
    void bodiesOfModulesAreFound();
    void wildNumbersAreNoMatter();

private:
    void add(const Event &event) { m_work.add(event, m_count++); }

    NodesWork m_work;
    quint64 m_count = 0;
};

void NodesWorkTest::init()
{
    m_work = {};
    m_count = 0;
    add(made(EventKind::RunStarted, 0));
    add(made(EventKind::TaskCreated, kScript, 0, TaskKind::Script));
    add(made(EventKind::TaskBegun, kScript, 0, TaskKind::Script));
}

void NodesWorkTest::jobsWithoutAPlaceAreNodesOwn()
{
    add(made(EventKind::TaskCreated, 2, kScript));
    add(made(EventKind::IoSubmitted, 3, 2));
    add(made(EventKind::TaskCreated, 4, 3, TaskKind::IoCallback));
    for (const SubjectId subject : {2U, 3U, 4U})
        QVERIFY(m_work.isNodes(subject));
    QVERIFY(!m_work.isNodes(kScript));
}

void NodesWorkTest::jobsOfThePersonAreNot()
{
    add(made(EventKind::TaskCreated, 2, kScript, TaskKind::PromiseReaction, 7)); // its handler has a place
    add(made(EventKind::PromiseCreated, 3, 2)); // what promises do among themselves in a job of the person
    add(made(EventKind::TaskCreated, 4, 2));
    Event scheduled = made(EventKind::TaskCreated, 5, kScript);
    scheduled.value = 9; // a place scheduled it
    add(scheduled);
    add(made(EventKind::TaskCreated, 6, kScript, TaskKind::ProcessEvent));
    for (const SubjectId subject : {2U, 3U, 4U, 5U, 6U})
        QVERIFY2(!m_work.isNodes(subject), qPrintable(QString::number(subject)));
    QCOMPARE(m_work.foldedBefore(m_count), quint64(0));
}

void NodesWorkTest::foldedEventsAreLeftOut()
{
    std::vector<quint64> shown{0, 1, 2};
    for (SubjectId subject = 2; subject < 20; ++subject) {
        const bool isNodes = subject % 5 < 3;
        if (!isNodes)
            shown.push_back(m_count);
        add(made(EventKind::TaskCreated, subject, kScript, TaskKind::Microtask, isNodes ? 0 : 3));
    }
    for (std::size_t row = 0; row < shown.size(); ++row) {
        QCOMPARE(m_work.eventAt(row), shown[row]);
        QVERIFY(!m_work.isFolded(shown[row]));
        QCOMPARE(m_work.foldedBefore(shown[row]), shown[row] - row);
    }
    QCOMPARE(m_work.foldedBefore(m_count), m_count - shown.size());
    QCOMPARE(m_work.shownFrom(3), quint64(4)); // 2 % 5 is folded, 3 is not
    QCOMPARE(m_work.shownFrom(4), quint64(4));
    QVERIFY(m_work.isFolded(3));
    QCOMPARE(m_work.shownUpTo(3), std::optional<quint64>(2));
    QCOMPARE(m_work.shownUpTo(4), std::optional<quint64>(4));
}

void NodesWorkTest::bodiesOfModulesAreFound()
{
    add(made(EventKind::TaskCreated, 2, kScript));
    add(made(EventKind::TaskEnded, kScript, 0, TaskKind::Script));
    add(made(EventKind::TaskBegun, 2));
    const quint64 body = m_count;
    add(made(EventKind::CallEntered, 0, 0, {}, 5));
    add(made(EventKind::CallEntered, 0, 0, {}, 6));
    QCOMPARE(m_work.entries(), std::vector<quint64>{body});
    QVERIFY(!m_work.isFolded(body));
}

void NodesWorkTest::wildNumbersAreNoMatter()
{
    add(made(EventKind::TaskCreated, 4'000'000'000U, kScript));
    QVERIFY(!m_work.isNodes(4'000'000'000U));
    QCOMPARE(m_work.shownFrom(100), quint64(100));
}

} // namespace loopscope

QTEST_GUILESS_MAIN(loopscope::NodesWorkTest)
#include "NodesWorkTest.moc"
