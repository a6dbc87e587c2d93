// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SourceFollower.h"

#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "session/SourcePath.h"
#include "session/Stepper.h"
#include "state/StateTimeline.h"

#include <QElapsedTimer>

#include <algorithm>

namespace loopscope {

namespace {

constexpr quint64 kLooksAhead = 2000; ///< events, for the next line
constexpr int kTakeInBudget = 4; ///< ms of one portion
constexpr quint64 kPortion = 4096; ///< events between two looks at the clock
constexpr int kShowInterval = 200; ///< ms

} // namespace

SourceFollower::SourceFollower(const RunSession &session, const Stepper &stepper, SourcePane &source, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_stepper(stepper)
    , m_source(source)
{
    m_takeIn.setSingleShot(true);
    connect(&m_takeIn, &QTimer::timeout, this, &SourceFollower::takeIn);
    m_showTimes.setSingleShot(true);
    m_showTimes.setInterval(kShowInterval);
    connect(&m_showTimes, &QTimer::timeout, this, &SourceFollower::showTimes);
    connect(&m_session, &RunSession::replaced, this, &SourceFollower::sessionReplaced);
    connect(&m_session, &RunSession::grew, this, &SourceFollower::takeIn);
    connect(&m_session, &RunSession::stateChanged, this, [this] {
        if (m_session.reader() != nullptr && !m_session.isLive())
            showTimes();
    });
    connect(&m_source, &SourcePane::shownChanged, this, [this] {
        refresh();
        showTimes();
        follow(m_source.shown());
    });
    follow(m_source.shown());
}

void SourceFollower::follow(SourceEditor &editor)
{
    editor.setHoverText([this](const QString &name, int line) { return valueText(name, line); });
}

QString SourceFollower::valueText(const QString &name, int line) const
{
    const bool isHere = m_session.state() == RunSession::State::Paused && m_stepper.cursor() == m_session.eventCount();
    const QList<RunSession::Variable> &variables = m_session.variables();
    if (isHere && !variables.isEmpty()) {
        const auto found =
            std::find_if(variables.cbegin(), variables.cend(), [&](const RunSession::Variable &each) { return each.name == name; });
        return found != variables.cend() ? QStringLiteral("%1 = %2").arg(name, found->text) : QString();
    }
    // On other lines this would only stand in the way.
    if (m_session.reader() == nullptr || line != m_source.shown().currentLine())
        return {};
    return isHere ? tr("Values are known where a statement is about to run: F12 goes to the next one.")
                  : tr("A recording holds no values: they are only known where the script is stopped live, before a statement.");
}

void SourceFollower::sessionReplaced()
{
    m_times.clear();
    showTimes();
}

bool SourceFollower::isCaughtUp() const { return m_times.eventCount() >= m_session.eventCount(); }

void SourceFollower::takeIn()
{
    if (m_session.reader() == nullptr || isCaughtUp())
        return;
    QElapsedTimer spent;
    spent.start();
    while (!isCaughtUp() && !spent.hasExpired(kTakeInBudget)) {
        const quint64 end = std::min(m_session.eventCount(), m_times.eventCount() + kPortion);
        while (m_times.eventCount() < end)
            m_times.add(m_session.reader()->event(m_times.eventCount()));
    }
    if (!isCaughtUp())
        m_takeIn.start(0);
    else if (!m_session.isLive())
        showTimes(); // it grows no more
    if (!m_showTimes.isActive())
        m_showTimes.start();
}

void SourceFollower::refresh()
{
    takeIn();
    showNextLine();
    if (m_heatsWhole)
        return;
    if (!m_stepper.isPlaying())
        showTimes();
    else if (!m_showTimes.isActive())
        m_showTimes.start();
}

void SourceFollower::setHeatsWhole(bool heatsWhole)
{
    m_heatsWhole = heatsWhole;
    showTimes();
}

const LineTimes &SourceFollower::shownTimes()
{
    const RecordingReader *reader = m_session.reader();
    if (m_heatsWhole || reader == nullptr)
        return m_times.newest();
    return m_times.at(m_stepper.cursor(), [reader](quint64 index) { return reader->event(index); });
}

void SourceFollower::showNextLine()
{
    int line = 0;
    const RecordingReader *reader = m_session.reader();
    // While it runs by itself the next line would only flicker.
    if (reader != nullptr && (!m_stepper.isPlaying() || m_stepper.pace().isPaced())) {
        const quint64 end = std::min(m_session.eventCount(), m_stepper.cursor() + kLooksAhead);
        for (quint64 index = m_stepper.cursor(); index < end; ++index) {
            const Event event = reader->event(index);
            if (event.kind != EventKind::Statement)
                continue;
            const SitePlace place = reader->place(event.site);
            if (place.isValid() && isSameSource(place.source->path, m_source.shownPath()))
                line = static_cast<int>(place.site->line);
            break;
        }
    }
    m_source.shown().setNextLine(line);
}

void SourceFollower::showTimes()
{
    QHash<int, SourceEditor::LineTime> lines;
    const LineTimes &times = shownTimes();
    const RecordingReader *reader = m_session.reader();
    const SourceText *shown = nullptr; // names are long to compare, and sites come file by file
    const SourceText *other = nullptr;
    for (SiteId site = 1; reader != nullptr && site < times.siteEnd(); ++site) {
        const LineTimes::Cost cost = times.of(site);
        if (cost.count == 0)
            continue;
        const SitePlace place = reader->place(site);
        if (!place.isValid() || place.source == other)
            continue;
        if (place.source != shown) {
            if (!isSameSource(place.source->path, m_source.shownPath())) {
                other = place.source;
                continue;
            }
            shown = place.source;
        }
        SourceEditor::LineTime &line = lines[static_cast<int>(place.site->line)];
        line.time += cost.time;
        line.count += cost.count;
    }
    m_source.shown().setLineTimes(lines, times.total(), m_heatsWhole);
}

} // namespace loopscope
