// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <memory>
#include <vector>

class QTemporaryDir;

namespace loopscope {

/// What recording costs a script: runs it in processes of its own, in turns without and with a recording, and takes the quickest of each.
/// Counted is processor time, which does not depend on what else the machine does, or on waiting. GUI thread only.
class RecordingCost : public QObject
{
    Q_OBJECT
public:
    /// How to run the script as it was recorded; `problem`: why that is not possible, a sentence.
    struct Command
    {
        QString file;
        QStringList arguments; ///< of the script
        QStringList options; ///< of the runner
        QString problem;
    };
    struct Figures
    {
        double without = 0; ///< seconds
        double with = 0;
        qint64 bytes = 0; ///< of the recording
    };
    static constexpr int rounds = 3;
    static constexpr int longest = 60'000; ///< ms of a run

    explicit RecordingCost(QObject *parent = nullptr);
    ~RecordingCost() override;

    void measure(const Command &command);
    void cancel();
    bool isBusy() const { return m_process != nullptr; }

Q_SIGNALS:
    void measured(const loopscope::RecordingCost::Figures &figures);
    void failed(const QString &sentence);

private:
    void startNext();
    void ended(QProcess::ExitStatus status);
    void fail(const QString &sentence);
    QString recordingPath() const;
    void drop();

    Command m_command;
    std::vector<double> m_without; ///< seconds
    std::vector<double> m_with;
    double m_before = 0; ///< what all children had taken when this one started
    std::unique_ptr<QTemporaryDir> m_folder;
    QProcess *m_process = nullptr;
    QTimer m_limit;
};

} // namespace loopscope
