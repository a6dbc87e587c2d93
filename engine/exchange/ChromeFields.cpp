// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ChromeFields.h"

#include "recording/RecordingFormat.h"
#include "state/Names.h"

namespace loopscope {

ValueKind valueKind(const Event &event)
{
    switch (event.kind) {
    case EventKind::TaskCreated:
    case EventKind::TaskRearmed:
    case EventKind::CallEntered:
        return ValueKind::Site;
    case EventKind::PromiseCreated:
        return event.detail == static_cast<quint8>(PromiseOrigin::AsyncFunction) ? ValueKind::Site : ValueKind::Number;
    case EventKind::Mark:
        return event.detail == 0 ? ValueKind::Text : ValueKind::Number;
    default:
        return format::valueIsString(event.kind) ? ValueKind::Text : ValueKind::Number;
    }
}

void ChromeFields::write(const Event &event)
{
    m_sink << R"("args":{"event":")" << eventKindKey(event.kind).latin1() << "\"";
    if (event.subject != 0)
        m_sink << ",\"subject\":" << event.subject;
    if (event.cause != 0)
        m_sink << ",\"cause\":" << event.cause;
    if (event.detail != 0)
        m_sink << ",\"detail\":" << quint32{event.detail};
    if (event.value != 0) {
        switch (valueKind(event)) {
        case ValueKind::Number:
            m_sink << ",\"value\":" << event.value;
            break;
        case ValueKind::Text:
            m_sink << ",\"text\":" << jsonText(m_names.reader().string(static_cast<StringId>(event.value)));
            break;
        case ValueKind::Site:
            m_sink << ",\"at\":" << place(static_cast<SiteId>(event.value));
            break;
        }
    }
    if (event.lane() != 0)
        m_sink << ",\"lane\":" << quint32{event.lane()};
    if (event.phase() != Phase::None)
        m_sink << ",\"phase\":" << static_cast<quint32>(event.phase());
    if (event.site != 0)
        m_sink << ",\"data\":" << place(event.site);
    m_sink << "}";
}

const QByteArray &ChromeFields::place(SiteId site)
{
    const auto known = m_places.constFind(site);
    if (known != m_places.cend())
        return *known;
    if (m_places.size() >= mostPlaces)
        m_places.clear();
    QByteArray text = "{\"functionName\":" + jsonText(m_names.function(site));
    if (const SitePlace place = m_names.reader().place(site); place.isValid())
        text += ",\"url\":" + jsonText(place.source->path) + ",\"lineNumber\":" + QByteArray::number(place.site->line)
            + ",\"columnNumber\":" + QByteArray::number(place.site->column) + ",\"site\":" + QByteArray::number(site);
    return *m_places.insert(site, text + '}');
}

} // namespace loopscope
