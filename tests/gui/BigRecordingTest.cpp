// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A recording that takes longer to take in than the window may be held up: what is asked for meanwhile happens when it can.
#include "MainWindow.h"
#include "recording/RecordingWriter.h"
#include "session/Goal.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

namespace loopscope {

class BigRecordingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void endIsShownOnceItIsThere();
    void momentThatIsNotThereYetIsReached();
    void movingElsewhereForgetsTheGoal();
    void damageFurtherOnIsSaidWhenItIsReached();
    void escapeEndsALongSearch();

private:
    static constexpr quint64 events = 1'000'000;

    quint64 cursor() const { return m_window->stepper().cursor(); }
    void waitForAll() { QTRY_COMPARE_WITH_TIMEOUT(m_window->session().eventCount(), events, 30'000); }

    QTemporaryDir m_folder;
    QString m_recording;
    std::unique_ptr<MainWindow> m_window;
};

void BigRecordingTest::initTestCase()
{
    m_recording = m_folder.filePath(QStringLiteral("big.lscope"));
    QString error;
    const std::unique_ptr<RecordingWriter> writer = RecordingWriter::create(m_recording, &error);
    QVERIFY2(writer, qPrintable(error));
    Event event;
    event.detail = static_cast<quint8>(TaskKind::Immediate);
    const EventKind kinds[] = {EventKind::TaskCreated, EventKind::TaskBegun, EventKind::TaskEnded};
    for (quint64 i = 0; i < events; ++i) {
        event.time += 25;
        event.kind = kinds[i % 3];
        event.subject = static_cast<SubjectId>(1 + i / 3);
        writer->append(event);
    }
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void BigRecordingTest::init()
{
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QVERIFY(m_window->openFile(m_recording));
    QVERIFY(!m_window->session().isCaughtUp());
    QVERIFY(cursor() > 0);
}

void BigRecordingTest::endIsShownOnceItIsThere()
{
    waitForAll();
    QTRY_COMPARE(cursor(), events);
}

void BigRecordingTest::momentThatIsNotThereYetIsReached()
{
    m_window->stepper().setCursor(events - 5);
    QVERIFY(cursor() < events - 5);
    waitForAll();
    QTRY_COMPARE(cursor(), events - 5);
}

void BigRecordingTest::movingElsewhereForgetsTheGoal()
{
    m_window->stepper().setCursor(events - 5);
    m_window->stepper().setCursor(10);
    waitForAll();
    QTest::qWait(50);
    QCOMPARE(cursor(), quint64(10));
}

void BigRecordingTest::damageFurtherOnIsSaidWhenItIsReached()
{
    const QString path = m_folder.filePath(QStringLiteral("damaged.lscope"));
    QVERIFY(QFile::copy(m_recording, path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() / 2 / 32 * 32));
    file.write(QByteArray(32, '\xee'));
    file.close();
    QVERIFY(m_window->openFile(path));
    QVERIFY(m_window->banner().sentence().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(m_window->banner().sentence().contains(QStringLiteral("damaged")), 30'000);
    QTRY_VERIFY(m_window->session().isCaughtUp());
    QVERIFY(m_window->session().eventCount() < events * 6 / 10);
    QTRY_COMPARE(cursor(), m_window->session().eventCount());
}

void BigRecordingTest::escapeEndsALongSearch()
{
    waitForAll();
    Stepper &stepper = m_window->stepper();
    stepper.setCursor(5000);
    Goal never;
    never.ends = [](const Event &) {
        QThread::usleep(100); // a thousand times as long as usual, so that it takes more than a portion on any machine
        return false;
    };
    never.missed = QStringLiteral("never");
    for (const bool isBack : {false, true}) {
        if (isBack)
            stepper.backTo(never);
        else
            stepper.runTo(never);
        QVERIFY(stepper.isPlaying());
        QVERIFY(stepper.percentSearched());
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QVERIFY(!stepper.isPlaying());
        QVERIFY(!stepper.percentSearched());
        QCOMPARE(cursor(), 5000U);
    }
}

} // namespace loopscope

QTEST_MAIN(loopscope::BigRecordingTest)
#include "BigRecordingTest.moc"
