// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "EventList.h"

#include "Output.h"
#include "state/EventText.h"
#include "state/RecordingIndex.h"

#include <QJsonDocument>

namespace loopscope {

void printEventList(const RecordingReader &reader, bool json)
{
    RecordingIndex index;
    index.update(reader);
    const EventText text(reader, index);
    Output output;
    for (quint64 number = 0; number < reader.eventCount() && output.isOpen(); ++number)
        output.writeLine(json ? QJsonDocument(text.toJson(number)).toJson(QJsonDocument::Compact) : text.line(number).toUtf8());
}

} // namespace loopscope
