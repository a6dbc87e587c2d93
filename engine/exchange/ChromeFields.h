// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/ExportNames.h"
#include "exchange/TextSink.h"

namespace loopscope {

/// What the `value` of an event of this kind is.
enum class ValueKind : quint8 { Number, Text, Site };
ValueKind valueKind(const Event &event);

/// Writes the fields of an event as the `args` of a trace event, each only where it is not 0:
/// event (its name), subject, cause, detail, value (or text, or a place `at`), lane, phase, and its place as DevTools has it: data with
/// functionName, url, lineNumber and columnNumber, both from 1, and site, its number in the recording.
class ChromeFields
{
public:
    ChromeFields(const ExportNames &names, TextSink &sink)
        : m_names(names)
        , m_sink(sink)
    {
    }
    void write(const Event &event);

private:
    const QByteArray &place(SiteId site);

    const ExportNames &m_names;
    TextSink &m_sink;
    QHash<SiteId, QByteArray> m_places; ///< as JSON; at most mostPlaces
    static constexpr qsizetype mostPlaces = 65536;
};

} // namespace loopscope
