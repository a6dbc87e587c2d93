// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// From a scenario in the Servers workspace to stepping through a recording of one of its models, with the real runner.
#include "MainWindow.h"
#include "StepWorkspace.h"
#include "StudioActions.h"
#include "servers/ServersView.h"
#include "session/RunSession.h"
#include "shell/Banner.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace loopscope {

class RecordedServerTest : public QObject
{
    Q_OBJECT

private:
    QString write(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName() : QString();
    }
    QMenu &models() const { return *m_window->commands().recordModel; }
    QStringList modelNames() const
    {
        QStringList names;
        Q_EMIT models().aboutToShow();
        for (const QAction *action : models().actions())
            names << action->text();
        return names;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("LOOPSCOPE_RUNNER", qgetenv("LOOPSCOPE_BIN") + "/loopscope");
        QStandardPaths::setTestModeEnabled(true); // presets are placed in the cache
        Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
        QVERIFY(!write(QStringLiteral("server.js"),
            "require('http').createServer((request, response) => setTimeout(() => response.end('yes'), 2)).listen(8080);\n")
                     .isEmpty());
        QVERIFY(!write(QStringLiteral("silent.js"), "setTimeout(() => {}, 10);\n").isEmpty());
    }

    void init()
    {
        m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
        m_window->resize(1366, 768);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void cleanup() { m_window.reset(); }

    void aModelIsRecordedAndOpened()
    {
        const QString scenario = write(QStringLiteral("served.json"),
            R"({"title": "Mine", "script": "server.js", "models": ["event-loop", "thread-pool"],
                "load": {"clients": 5, "thinkTime": "exp:50", "seconds": 0.5, "warmupSeconds": 0.1}})");
        QVERIFY(m_window->openScenario(scenario));
        QCOMPARE(modelNames(), QStringList({nameOf(ServerModel::EventLoop), nameOf(ServerModel::ThreadPool)}));
        const QSignalSpy recorded(&m_window->servers(), &ServersView::recorded);
        models().actions().at(1)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(recorded.count(), 1, 30000);
        QTRY_VERIFY(m_window->commands().stepWorkspace->isChecked());
        const RecordingReader *reader = m_window->session().reader();
        QVERIFY(reader);
        QVERIFY(reader->isComplete());
        QCOMPARE(reader->metadata().value(QLatin1String("serverModel")).toString(), keyOf(ServerModel::ThreadPool));
        bool hasServed = false;
        for (quint64 index = 0; index < reader->eventCount(); ++index)
            hasServed = hasServed || reader->event(index).kind == EventKind::TaskServes;
        QVERIFY(hasServed);
        QVERIFY(!m_window->commands().forkHere->isEnabled()); // a run of the script alone has no clients
    }

    void aScriptThatDoesNotServeIsASentence()
    {
        const QString scenario = write(QStringLiteral("silent.json"), R"({"script": "silent.js", "models": ["event-loop"]})");
        QVERIFY(m_window->openScenario(scenario));
        QCOMPARE(modelNames().size(), 1);
        const QSignalSpy said(&m_window->servers(), &ServersView::said);
        models().actions().first()->trigger();
        const auto isTold = [&said] { return !said.isEmpty() && said.last().at(1).toBool(); };
        QTRY_VERIFY_WITH_TIMEOUT(isTold(), 30000);
        QVERIFY2(said.last().first().toString().contains(QLatin1String("listen")), qPrintable(said.last().first().toString()));
        QVERIFY(m_window->commands().serversWorkspace->isChecked());
    }
};

} // namespace loopscope

QTEST_MAIN(loopscope::RecordedServerTest)
#include "RecordedServerTest.moc"
