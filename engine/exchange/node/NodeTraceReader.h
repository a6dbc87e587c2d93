// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingWriter.h"

#include <QByteArrayView>
#include <QCoreApplication>
#include <QJsonObject>
#include <QString>

namespace loopscope {

/// Reads the log of `node --trace-event-categories node.async_hooks FILE` (node_trace.1.log): Chrome's Trace Event Format, JSON, with the
/// tasks of the event loop as nestable async events named by their async_hooks type. Other categories may be in it and are passed over.
class NodeTraceReader
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::NodeTraceReader)

public:
    /// True if the first bytes of a file (some 4 KiB) are those of such a log.
    static bool isTrace(QByteArrayView head);
    /// True if the file's first bytes are.
    static bool isTraceFile(const QString &path);

    /// Writes the main thread's part of the log as a recording, as `loopscope node` would have made it, without places and texts, which are
    /// not in it; `origin` goes into its metadata as `importedFrom`. False, with a sentence in problem() and nothing written, if there is
    /// nothing to be had; true with one if the log is cut or damaged further
    /// on. Memory: the file's size and what NodeTranslator keeps.
    bool read(const QString &path, RecordingWriter &writer, const QJsonObject &origin = {});
    QString problem() const { return m_problem; }

private:
    QString m_problem;
};

} // namespace loopscope
