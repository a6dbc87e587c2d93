// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/ChangeNotes.h"

#include "analysis/SiteMatch.h"
#include "recording/RecordingReader.h"
#include "session/ForkPlan.h"
#include "session/RunSession.h"
#include "session/SourcePath.h"
#include "state/EventText.h"
#include "state/StateTimeline.h"

#include <QJsonObject>

#include <algorithm>

namespace loopscope {

namespace {

constexpr size_t kMostEdits = 200; ///< lines: with more it is another text, and notes on all of it say nothing

QStringList linesOf(const QByteArray &text) { return QString::fromUtf8(text).split(QLatin1Char('\n')); }

QString inMilliseconds(double milliseconds) { return QLocale().toString(milliseconds, 'g', 7); }

} // namespace

ChangeNotes::ChangeNotes(const RunSession &run, Side side, const RunSession *other)
    : m_run(run)
    , m_side(side)
    , m_other(other)
{
}

QHash<int, QString> ChangeNotes::of(const QString &path)
{
    m_notes.clear();
    m_missing = 0;
    if (m_run.reader() == nullptr)
        return {};
    addDelays(path);
    addEdits(path);
    return m_notes;
}

void ChangeNotes::add(int line, const QString &note)
{
    QString &text = m_notes[line];
    text = text.isEmpty() ? QStringLiteral("≠ ") + note : text + QStringLiteral(" · ") + note;
}

void ChangeNotes::addDelays(const QString &path)
{
    const RecordingReader &reader = *m_run.reader();
    const QJsonObject changes = reader.metadata().value(QStringLiteral("changes")).toObject();
    const ForkPlanner here(reader, m_run.timeline()->index(), *m_run.text());
    for (const bool isRequest : {false, true}) {
        const QJsonObject delays = changes.value(isRequest ? QStringLiteral("latencies") : QStringLiteral("delays")).toObject();
        for (auto delay = delays.constBegin(); delay != delays.constEnd(); ++delay) {
            const SubjectId subject = delay.key().toUInt();
            const auto created = m_run.timeline()->index().history(subject).created;
            if (!created || !here.delayOf(subject)) {
                ++m_missing;
                continue;
            }
            const Event event = reader.event(*created);
            const SitePlace place = reader.place(isRequest ? event.site : static_cast<SiteId>(event.value));
            if (!place.isValid() || !isSameSource(localPath(place.source->path), path))
                continue;
            const double now = isRequest ? delay.value().toDouble() / 1e6 : delay.value().toDouble();
            std::optional<RecordedDelay> before;
            if (m_other != nullptr && m_other->reader() != nullptr)
                before = ForkPlanner(*m_other->reader(), m_other->timeline()->index(), *m_other->text()).delayOf(subject);
            const bool isKnown = before && before->milliseconds && *before->milliseconds != now;
            // The delay is the last thing that is written in a call of setTimeout.
            add(static_cast<int>(std::max(place.site->line, place.site->endLine)),
                isKnown ? tr("%1 ms instead of %2 ms").arg(inMilliseconds(now), inMilliseconds(*before->milliseconds))
                        : tr("%1 ms in this run").arg(inMilliseconds(now)));
        }
    }
}

const SourceText *ChangeNotes::sourceOf(const RecordingReader &reader, const QString &path) const
{
    const auto found = std::find_if(reader.sources().begin(), reader.sources().end(),
        [&](const std::unique_ptr<SourceText> &source) { return isSameSource(localPath(source->path), path); });
    return found == reader.sources().end() ? nullptr : found->get();
}

void ChangeNotes::addEdits(const QString &path)
{
    if (m_other == nullptr || m_other->reader() == nullptr || m_run.reader()->sources().empty() || m_other->reader()->sources().empty())
        return;
    const SourceText *here = sourceOf(*m_run.reader(), path);
    // The main scripts belong together whatever they are called.
    const bool isMain = here == m_run.reader()->sources().front().get();
    const SourceText *there = isMain ? m_other->reader()->sources().front().get() : sourceOf(*m_other->reader(), path);
    if (here == nullptr || there == nullptr || here->text == there->text)
        return;
    const std::vector<int> partners = matchLines(here->text, there->text);
    const QStringList hereLines = linesOf(here->text);
    const QStringList thereLines = linesOf(there->text);
    const std::vector<int> edited = editedLines(here->text, there->text);
    if (edited.size() > kMostEdits)
        return;
    for (const int line : edited) {
        const int partner = partners[static_cast<size_t>(line)];
        addEdit(line + 1, hereLines.value(line).trimmed(), thereLines.value(partner).trimmed(), partner >= 0);
    }
}

void ChangeNotes::addEdit(int line, const QString &here, const QString &there, bool hasPartner)
{
    // Only what differs, with the word it is in.
    qsizetype front = 0;
    while (front < std::min(here.size(), there.size()) && here[front] == there[front])
        ++front;
    while (front > 0 && (here[front - 1].isLetterOrNumber() || here[front - 1] == QLatin1Char('_')))
        --front;
    qsizetype back = 0;
    while (back < std::min(here.size(), there.size()) - front && here[here.size() - 1 - back] == there[there.size() - 1 - back])
        ++back;
    while (back > 0 && (here[here.size() - back].isLetterOrNumber() || here[here.size() - back] == QLatin1Char('_')))
        --back;
    const QString part = there.mid(front, there.size() - front - back).trimmed();
    const bool isSecond = m_side == Side::Second;
    if (!hasPartner)
        add(line, isSecond ? tr("not in the first run") : tr("not in the second run"));
    else if (part.isEmpty())
        add(line, isSecond ? tr("longer than in the first run") : tr("longer than in the second run"));
    else
        add(line, isSecond ? tr("first run: %1").arg(part) : tr("second run: %1").arg(part));
}

} // namespace loopscope
