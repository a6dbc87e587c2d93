// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/MomentKeys.h"

#include "analysis/SiteMatch.h"
#include "recording/RecordingFormat.h"

#include <QHash>

#include <algorithm>

namespace loopscope {
namespace {

template<typename... T>
quint64 keyFrom(const T &...parts)
{
    return qHashMulti(1, parts...);
}

/// Of a promise's settling what is a moment, in the last two bits of its key.
enum PromiseWorth : quint64 {
    Nothing = 0,
    Settling = 1,
    SettlingWithValue = 2,
};
constexpr quint64 worthBits = 3;

void name(quint64 &key, const QString &text) { key = (keyFrom(key, text) & ~worthBits) | (key & worthBits); }

PromiseWorth worthOf(const Event &created)
{
    switch (static_cast<PromiseOrigin>(created.detail)) {
    case PromiseOrigin::Constructor:
    case PromiseOrigin::AsyncFunction:
    case PromiseOrigin::All:
    case PromiseOrigin::AllSettled:
    case PromiseOrigin::Any:
    case PromiseOrigin::Race:
        return Settling;
    case PromiseOrigin::Then:
    case PromiseOrigin::Catch:
    case PromiseOrigin::Finally:
        return SettlingWithValue;
    default:
        return Nothing;
    }
}

bool isDerived(const Event &created)
{
    const auto origin = static_cast<PromiseOrigin>(created.detail);
    return origin == PromiseOrigin::Then || origin == PromiseOrigin::Catch || origin == PromiseOrigin::Finally;
}

} // namespace

MomentKeys::MomentKeys(const RecordingReader &reader, SiteMatch *match)
    : m_reader(reader)
    , m_match(match)
{
}

SiteId MomentKeys::common(SiteId site) const
{
    if (m_match == nullptr || site == 0)
        return site;
    const SiteId right = m_match->rightOf(site);
    return right != 0 ? right : ~site; // one that the right does not have equals none there
}

quint64 &MomentKeys::keyOf(SubjectId subject)
{
    // A run makes a few subjects an event at most: larger numbers are damage.
    if (subject > 8 * m_reader.eventCount() + 1024)
        return m_unplaced = 0;
    if (subject >= m_subjects.size())
        m_subjects.resize(std::max<size_t>(subject + 1, m_subjects.size() * 2));
    return m_subjects[subject];
}

void MomentKeys::note(const Event &event)
{
    switch (event.kind) {
    case EventKind::TaskCreated: {
        const bool isOfRequest = event.detail == static_cast<quint8>(TaskKind::IoCallback) && m_scope == Scope::All;
        const quint64 request = isOfRequest ? keyOf(event.cause) : 0;
        keyOf(event.subject) = keyFrom(event.detail, common(event.site), request);
        if (event.detail == static_cast<quint8>(TaskKind::Script) && m_script == 0)
            m_script = event.subject;
        break;
    }
    case EventKind::IoSubmitted:
    case EventKind::HandleOpened:
        keyOf(event.subject) = keyFrom(event.detail, m_reader.string(static_cast<StringId>(event.value)));
        break;
    case EventKind::PromiseCreated:
        notePromise(event);
        break;
    case EventKind::SubjectNamed:
        if (!isNameOfScript(event) && m_scope == Scope::All)
            name(keyOf(event.subject), m_reader.string(static_cast<StringId>(event.value)));
        break;
    default:
        break;
    }
}

void MomentKeys::notePromise(const Event &created)
{
    const quint64 from = isDerived(created) && m_scope == Scope::All ? keyOf(static_cast<SubjectId>(created.value)) : 0;
    const SiteId site = m_scope == Scope::All ? created.site : functionOf(created);
    keyOf(created.subject) = (keyFrom(created.detail, common(site), from) & ~worthBits) | (site != 0 ? worthOf(created) : Nothing);
}

/// The function that a promise is of, or in which it was made: of a call Node may tell another place than we do, and of that of an async
/// function none.
SiteId MomentKeys::functionOf(const Event &created) const
{
    if (created.detail == static_cast<quint8>(PromiseOrigin::AsyncFunction))
        return static_cast<SiteId>(created.value);
    const SitePlace place = m_reader.place(created.site);
    const Site *function = place.isValid() ? place.function() : nullptr;
    return function != nullptr ? place.firstSite + static_cast<SiteId>(function - place.source->sites.data()) : 0;
}

bool MomentKeys::isNameOfScript(const Event &event) const
{
    return event.kind == EventKind::SubjectNamed && event.subject == m_script && m_script != 0;
}

QString MomentKeys::textOf(const RecordingReader &reader, const Event &event)
{
    const QString text = reader.string(static_cast<StringId>(event.value));
    return event.kind == EventKind::ErrorThrown ? text.section(QStringLiteral("\n    at "), 0, 0) : text;
}

bool MomentKeys::isMomentOfBothKinds(const Event &event)
{
    switch (event.kind) {
    case EventKind::TaskBegun: {
        const auto kind = static_cast<TaskKind>(event.detail);
        return event.site != 0 && kind != TaskKind::Script && kind != TaskKind::ProcessEvent && kind != TaskKind::ModuleEvaluation
            && kind != TaskKind::ThenableJob;
    }
    case EventKind::PromiseFulfilled:
        return (keyOf(event.subject) & worthBits) == Settling;
    case EventKind::PromiseRejected:
        return (keyOf(event.subject) & worthBits) != Nothing;
    case EventKind::RunEnded:
        return true;
    default:
        return false;
    }
}

quint64 MomentKeys::keyOfBothKinds(const Event &event)
{
    const auto kind = static_cast<quint8>(event.kind);
    switch (event.kind) {
    case EventKind::TaskBegun:
        return keyFrom(kind, event.detail, common(event.site));
    case EventKind::RunEnded:
        return keyFrom(kind, event.value);
    default:
        return keyFrom(kind, keyOf(event.subject));
    }
}

bool MomentKeys::isMoment(const Event &event)
{
    if (m_scope == Scope::OfBothKinds)
        return isMomentOfBothKinds(event);
    switch (event.kind) {
    case EventKind::TaskBegun:
        return event.detail != static_cast<quint8>(TaskKind::Internal);
    case EventKind::PromiseFulfilled: {
        const quint64 worth = keyOf(event.subject) & worthBits;
        return worth == Settling || (worth == SettlingWithValue && event.detail == 0);
    }
    case EventKind::PromiseRejected:
        return (keyOf(event.subject) & worthBits) != Nothing;
    case EventKind::TaskCancelled:
    case EventKind::ConsoleText:
    case EventKind::ErrorThrown:
    case EventKind::RejectionUnhandled:
    case EventKind::Mark:
    case EventKind::FreeChoice:
    case EventKind::LimitReached:
    case EventKind::RunEnded:
        return true;
    default:
        return false;
    }
}

bool MomentKeys::looksAhead(const Event &event)
{
    if (event.kind == EventKind::PromiseCreated)
        notePromise(event);
    return isMoment(event);
}

std::optional<quint64> MomentKeys::take(const Event &event)
{
    note(event);
    if (!isMoment(event))
        return std::nullopt;
    if (m_scope == Scope::OfBothKinds)
        return keyOfBothKinds(event);
    const auto kind = static_cast<quint8>(event.kind);
    if (event.kind == EventKind::PromiseRejected)
        return keyFrom(kind, keyOf(event.subject), textOf(m_reader, event));
    if (format::valueIsString(event.kind))
        return keyFrom(kind, event.detail, textOf(m_reader, event));
    switch (event.kind) {
    case EventKind::TaskBegun:
        return event.subject == m_script ? keyFrom(kind, event.detail)
                                         : keyFrom(kind, event.detail, common(event.site), keyOf(event.subject));
    case EventKind::TaskCancelled:
        return keyFrom(kind, keyOf(event.subject));
    default:
        return keyFrom(kind, event.detail, event.value, event.subject != 0 ? keyOf(event.subject) : 0);
    }
}

} // namespace loopscope
