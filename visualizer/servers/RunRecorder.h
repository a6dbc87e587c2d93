// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/Scenario.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <memory>

class QTemporaryDir;

namespace loopscope {

/// Runs one model of a scenario once more, in virtual time, and keeps all of it as a recording: `loopscope lab FILE --record`. The
/// recordings are there as long as this is. GUI thread only.
class RunRecorder : public QObject
{
    Q_OBJECT
public:
    explicit RunRecorder(QObject *parent = nullptr);
    ~RunRecorder() override;

    /// Whatever the scenario's truth is; an earlier run is given up.
    void start(const Scenario &scenario, ServerModel model);
    void stop();
    bool isLive() const { return m_process != nullptr; }

Q_SIGNALS:
    void recorded(const QString &path);
    /// A sentence for the person.
    void failed(const QString &sentence);

private:
    void ended(int exitCode, QProcess::ExitStatus status);

    QProcess *m_process = nullptr;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_recording;
    int m_recordings = 0;
};

} // namespace loopscope
