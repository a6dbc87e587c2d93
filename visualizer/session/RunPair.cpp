// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/RunPair.h"

#include "analysis/RecordingComparison.h"
#include "session/RunSession.h"
#include "session/Stepper.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonObject>
#include <QScopedValueRollback>

#include <utility>

namespace loopscope {

namespace {

constexpr quint64 kEventsAtOnce = 10'000;
constexpr int kBudget = 8; ///< ms at once; the rest is for painting and the person
constexpr int kWhileRunning = 500; ///< ms between two looks at a run that goes on: what it does differently is laid out anew each time

QString titleOf(const RunSession &session, const QString &otherwise)
{
    const RecordingReader *reader = session.reader();
    const QString title = reader != nullptr ? reader->metadata().value(QStringLiteral("title")).toString() : QString();
    if (!title.isEmpty())
        return title;
    return session.state() == RunSession::State::Opened ? QFileInfo(session.recordingPath()).fileName() : otherwise;
}

} // namespace

RunPair::RunPair(RunSession &shown, Stepper &stepper, QObject *parent)
    : QObject(parent)
    , m_shown(shown)
    , m_stepper(stepper)
    , m_aside(std::make_unique<RunSession>())
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RunPair::compareOn);
    follow(m_shown);
    follow(*m_aside);
    connect(&m_shown, &RunSession::stateChanged, this, &RunPair::shownStateChanged, Qt::QueuedConnection);
}

RunPair::~RunPair()
{
    m_shown.disconnect(this);
    m_aside->disconnect(this);
}

void RunPair::follow(RunSession &session)
{
    connect(&session, &RunSession::replaced, this, &RunPair::recordingReplaced);
    connect(&session, &RunSession::grew, this, &RunPair::compareSoon);
    connect(&session, &RunSession::stateChanged, this, &RunPair::compareSoon);
}

void RunPair::layAside()
{
    m_cursorAside = m_stepper.cursor(); // before there is nothing to stand in
    close();
    setAsideShown();
    {
        const QScopedValueRollback<bool> guard(m_isExchanging, true);
        m_shown.exchange(*m_aside);
    }
    m_isOpen = true;
    m_showsSecond = true;
    recordingReplaced();
}

void RunPair::setAsideShown()
{
    m_stepper.pause();
    m_stepper.abandon();
}

bool RunPair::openFirst(const QString &path)
{
    if (!m_aside->openRecording(path)) {
        m_failure = m_aside->failure();
        return false;
    }
    m_isOpen = true;
    m_showsSecond = true;
    m_cursorAside = 0;
    recordingReplaced();
    return true;
}

void RunPair::exchange()
{
    if (!m_isOpen)
        return;
    setAsideShown();
    const quint64 cursor = std::exchange(m_cursorAside, m_stepper.cursor());
    {
        const QScopedValueRollback<bool> guard(m_isExchanging, true);
        m_shown.exchange(*m_aside);
    }
    m_showsSecond = !m_showsSecond;
    m_stepper.setCursor(cursor);
    recordingReplaced();
}

void RunPair::close()
{
    if (!m_isOpen)
        return;
    m_isOpen = false;
    m_showsSecond = true;
    m_aside->clear();
    recordingReplaced();
}

void RunPair::shownStateChanged()
{
    // Another script was opened: the two have nothing to do with each other any more.
    if (m_isOpen && m_shown.state() == RunSession::State::Empty)
        close();
}

void RunPair::recordingReplaced()
{
    if (m_isExchanging)
        return;
    const RecordingReader *left = m_isOpen ? first().reader() : nullptr;
    const RecordingReader *right = m_isOpen ? second().reader() : nullptr;
    if (left != m_comparedFirst || right != m_comparedSecond) {
        m_comparison.reset();
        m_comparedFirst = left;
        m_comparedSecond = right;
        if (left != nullptr && right != nullptr)
            m_comparison = std::make_unique<RecordingComparison>(*left, *right);
    }
    Q_EMIT changed();
    compareSoon();
}

bool RunPair::isCaughtUp() const { return m_shown.isCaughtUp() && m_aside->isCaughtUp(); }

bool RunPair::isComparing() const { return m_comparison != nullptr && (m_comparison->isBehind() || !isCaughtUp()); }

void RunPair::compareSoon()
{
    if (m_comparison == nullptr || m_timer.isActive() || !m_comparison->isBehind())
        return;
    const bool goesOn = m_shown.state() == RunSession::State::Running || m_aside->state() == RunSession::State::Running;
    m_timer.start(goesOn && m_comparison->parting() ? kWhileRunning : 0);
}

void RunPair::compareOn()
{
    // Names are known when the sessions have taken the events in; they say so when they have.
    if (m_comparison == nullptr || !isCaughtUp())
        return;
    QElapsedTimer clock;
    clock.start();
    bool gained = false;
    do {
        gained = m_comparison->update(kEventsAtOnce) || gained;
    } while (m_comparison->isBehind() && clock.elapsed() < kBudget);
    if (gained)
        Q_EMIT compared();
    compareSoon();
}

QString RunPair::nameOfFirst() const { return titleOf(first(), tr("First run")); }

QString RunPair::nameOfSecond() const { return titleOf(second(), tr("Second run")); }

} // namespace loopscope
