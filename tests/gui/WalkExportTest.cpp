// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A walk through a recording as pictures, and a recording that opens where its script is not.
#include "WalkExport.h"
#include "MainWindow.h"
#include "SampleRecording.h"
#include "editor/QScintilla.h"
#include "editor/SourceEditor.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "state/StateTimeline.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

namespace loopscope {

class WalkExportTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void stopsAreTheStepsBetweenTwoMoments();
    void picturesAreNumbered();
    void animationHoldsEachPicture();
    void walkCanBeStopped();
    void recordingNeedsNoScript();

private:
    QTemporaryDir m_folder;
    QString m_recording;
    std::unique_ptr<MainWindow> m_window;
};

void WalkExportTest::initTestCase()
{
    m_recording = m_folder.filePath(QStringLiteral("sample.lscope"));
    QVERIFY(SampleRecording::write(m_recording, QStringLiteral("/nowhere/on/this/machine/sample.js")));
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void WalkExportTest::init()
{
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(960, 600);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(m_window->openFile(m_recording));
    QTRY_COMPARE(m_window->session().eventCount(), SampleRecording::eventCount());
}

void WalkExportTest::stopsAreTheStepsBetweenTwoMoments()
{
    const StateTimeline &timeline = *m_window->session().timeline();
    Walk walk{2, 5, Landmark::Event, 100};
    QCOMPARE(walk.stops(timeline), std::vector<quint64>({2, 3, 4, 5}));
    walk = {0, SampleRecording::eventCount() + 100, Landmark::IterationStarted, 100};
    const auto &starts = timeline.index().landmarks(Landmark::IterationStarted);
    QCOMPARE(walk.stops(timeline).size(), starts.size() + 2); // and both ends
    QCOMPARE(walk.stops(timeline).back(), SampleRecording::eventCount());
}

void WalkExportTest::picturesAreNumbered()
{
    const QDir folder(m_folder.filePath(QStringLiteral("slides")));
    m_window->stepper().setCursor(7);
    WalkExport walker(*m_window, m_window->stepper(), m_window->session());
    QCOMPARE(walker.write({2, 4, Landmark::Event, 100}, folder.path()), QString());
    QCOMPARE(folder.entryList(QDir::Files), QStringList({QStringLiteral("001.png"), QStringLiteral("002.png"), QStringLiteral("003.png")}));
    QCOMPARE(QImage(folder.filePath(QStringLiteral("001.png"))).size(), m_window->size() * 2);
    QVERIFY(QImage(folder.filePath(QStringLiteral("001.png"))) != QImage(folder.filePath(QStringLiteral("003.png"))));
    QCOMPARE(m_window->stepper().cursor(), quint64(7)); // as it was
}

void WalkExportTest::animationHoldsEachPicture()
{
    const QString path = m_folder.filePath(QStringLiteral("walk.webp"));
    WalkExport walker(*m_window, m_window->stepper(), m_window->session());
    QCOMPARE(walker.write({2, 6, Landmark::Event, 100}, path), QString());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP" && bytes.contains("ANIM"));
    QCOMPARE(bytes.count("ANMF"), 5);
}

void WalkExportTest::walkCanBeStopped()
{
    const QString path = m_folder.filePath(QStringLiteral("stopped.webp"));
    WalkExport walker(*m_window, m_window->stepper(), m_window->session());
    QVERIFY(!walker.write({2, 6, Landmark::Event, 100}, path, [](std::size_t done, std::size_t) { return done < 2; }).isEmpty());
    QVERIFY(!QFile::exists(path));
    QVERIFY(!walker.write({2, 6, Landmark::Event, 100}, QStringLiteral("/nowhere/walk.webp")).isEmpty());
}

void WalkExportTest::recordingNeedsNoScript()
{
    QCOMPARE(m_window->editor().text(), QString::fromLatin1(SampleRecording::script));
    QVERIFY2(!m_window->banner().isVisible(), qPrintable(m_window->banner().sentence()));
    m_window->stepper().setCursor(SampleRecording::afterScript() - 1);
    QCOMPARE(m_window->editor().currentLine(), 12);
}

} // namespace loopscope

QTEST_MAIN(loopscope::WalkExportTest)
#include "WalkExportTest.moc"
