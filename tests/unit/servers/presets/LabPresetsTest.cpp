// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/presets/LabPresets.h"
#include "servers/lab/IdleSettings.h"
#include "servers/lab/Scenario.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

/// The scenarios that come with the program. That their scripts serve as they do in Node is tested by
/// tests/oracle/programs-real/lab-presets.js.
class LabPresetsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areComplete_data()
    {
        QTest::addColumn<QString>("name");
        const std::vector<LabPreset> presets = labPresets();
        QVERIFY(presets.size() >= 12);
        for (const LabPreset &preset : presets) {
            QTest::newRow(qPrintable(preset.name)) << preset.name;
            QVERIFY2(!preset.title.isEmpty() && !preset.description.isEmpty() && !preset.lookFor.isEmpty(), qPrintable(preset.name));
        }
    }
    void areComplete()
    {
        QFETCH(QString, name);
        const QTemporaryDir folder;
        QString problem;
        const std::optional<QString> path = placeLabPreset(name, folder.path() + QStringLiteral("/made"), &problem);
        QVERIFY2(path, qPrintable(problem));
        const std::optional<Scenario> scenario = Scenario::read(*path, &problem);
        QVERIFY2(scenario, qPrintable(problem));
        QVERIFY2(QFile::exists(scenario->script), qPrintable(scenario->script));
        for (const IdleSetting &setting : idleSettings(*scenario))
            QFAIL(qPrintable(setting.member));
    }

    void onesThatAreThereAreLeftAlone()
    {
        const QTemporaryDir folder;
        QString problem;
        const std::optional<QString> path = placeLabPreset(QStringLiteral("chat"), folder.path(), &problem);
        QVERIFY2(path, qPrintable(problem));
        QFile::remove(folder.path() + QStringLiteral("/chat.js"));
        const QDateTime before = QFileInfo(*path).lastModified();
        QTest::qSleep(20);
        QVERIFY(placeLabPreset(QStringLiteral("chat"), folder.path(), &problem));
        QCOMPARE(QFileInfo(*path).lastModified(), before);
        QVERIFY(QFile::exists(folder.path() + QStringLiteral("/chat.js")));
    }

    void wrongNamesAndFolders()
    {
        QString problem;
        QVERIFY(!placeLabPreset(QStringLiteral("tetris"), QStringLiteral("/nowhere"), &problem));
        QVERIFY2(problem.startsWith(QStringLiteral("there is no preset 'tetris'; there are slow-backend,")), qPrintable(problem));
        QVERIFY(!placeLabPreset(QStringLiteral("chat"), QStringLiteral("/proc/nowhere"), &problem));
        QCOMPARE(problem, QStringLiteral("the folder '/proc/nowhere' cannot be made."));
    }
};

QTEST_GUILESS_MAIN(LabPresetsTest)
#include "LabPresetsTest.moc"
