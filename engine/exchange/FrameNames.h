// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/ExportNames.h"
#include "exchange/SpanWalk.h"

#include <QHash>

#include <vector>

namespace loopscope {

/// A frame of a flame graph: a function, or the kind of a task.
struct Frame
{
    QString name;
    QString file{}; ///< as in the recording; empty without a place
    quint32 line = 0; ///< from 1; 0 without a place
    quint32 column = 0;
};

/// Numbers the frames of flame graphs from 0 in the order in which they are met. A task is a frame named after its kind, "(Timeout)", as V8
/// puts "(program)" for what is no function; calls are named after their functions.
class FrameNames
{
public:
    explicit FrameNames(const ExportNames &names)
        : m_names(names)
    {
    }

    /// Of a task or a call.
    quint32 frameOf(const Span &span);
    const std::vector<Frame> &frames() const { return m_frames; }
    const ExportNames &names() const { return m_names; }

private:
    const ExportNames &m_names;
    std::vector<Frame> m_frames;
    QHash<quint64, quint32> m_numbers; ///< by site, or by kind of task above all sites
};

} // namespace loopscope
