// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/DifferenceWatch.h"

#include "recording/RecordingFormat.h"

namespace loopscope {
namespace {

constexpr quint64 kReadAtOnce = quint64{4} * 1024 * 1024; ///< bytes of the earlier recording; a fork may need its beginning only

} // namespace

DifferenceWatch::DifferenceWatch()
    : m_match(m_earlier, m_own)
{
}

std::unique_ptr<DifferenceWatch> DifferenceWatch::open(const QString &earlier, const QString &own)
{
    std::unique_ptr<DifferenceWatch> watch(new DifferenceWatch);
    if (!watch->m_earlier.open(earlier, kReadAtOnce) || !watch->m_own.open(own))
        return nullptr;
    const auto detail = [](const RecordingReader &reader) { return reader.metadata().value(QLatin1String("detail")); };
    return detail(watch->m_earlier) == detail(watch->m_own) ? std::move(watch) : nullptr;
}

bool DifferenceWatch::differs(const Event &newest, quint64 count)
{
    if (m_next + 1 < count && m_own.eventCount() < count)
        m_own.refresh();
    for (; m_next + 1 < count; ++m_next) {
        if (!isNextSame(m_own.event(m_next)))
            return true;
    }
    if (!isNextSame(newest))
        return true;
    ++m_next;
    return false;
}

bool DifferenceWatch::hasEarlier()
{
    while (m_earlier.eventCount() <= m_next && m_earlier.refresh(kReadAtOnce)) { }
    return m_next < m_earlier.eventCount();
}

bool DifferenceWatch::isNextSame(const Event &own)
{
    if (m_next >= m_earlier.eventCount() && !hasEarlier())
        return !m_earlier.isComplete();
    lookUp(own);
    return m_match.isSame(m_earlier.event(m_next), own);
}

void DifferenceWatch::lookUp(const Event &own)
{
    const auto isKnownPlace = [this](SiteId site) { return site == 0 || m_own.place(site).isValid(); };
    bool isKnown = isKnownPlace(own.site) && (!valueIsSite(own) || isKnownPlace(static_cast<SiteId>(own.value)));
    if (format::valueIsString(own.kind)) {
        const auto text = static_cast<StringId>(own.value);
        isKnown = isKnown && text <= m_knownString;
        m_knownString = std::max(m_knownString, text);
    }
    if (!isKnown)
        m_own.refresh();
}

} // namespace loopscope
