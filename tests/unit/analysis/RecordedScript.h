// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/EventText.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace loopscope {

/// A script that the runner ran and recorded, in a folder of its own, with what reads the recording. The program of the test must depend on
/// the runner (RUNS_SCRIPTS). Ends the test program if there is no recording.
struct RecordedScript
{
    explicit RecordedScript(const QByteArray &script, const QStringList &options = {})
    {
        const QString program = qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope");
        if (!QFile::exists(program))
            qFatal("LOOPSCOPE_BIN must name the folder of the programs; ctest sets it");
        QFile file(folder.filePath(QStringLiteral("script.js")));
        if (!file.open(QIODevice::WriteOnly) || file.write(script) != script.size())
            qFatal("the test cannot write its script");
        file.close();
        QProcess process;
        process.start(program, QStringList{QStringLiteral("run"), QStringLiteral("--record"), path, file.fileName()} + options);
        process.waitForFinished();
        if (!reader.open(path))
            qFatal("%s %s", qPrintable(reader.problem()), process.readAllStandardError().constData());
        index.update(reader);
    }

    QTemporaryDir folder;
    QString path = folder.filePath(QStringLiteral("run.lscope"));
    RecordingReader reader;
    RecordingIndex index;
    EventText words{reader, index};
};

} // namespace loopscope
