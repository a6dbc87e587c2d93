// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Two recordings beside each other in the Profile workspace of the real window.
#include "ForkController.h"
#include "MainWindow.h"
#include "editor/SourceEditor.h"
#include "profile/ComparisonPage.h"
#include "profile/FlameView.h"
#include "profile/ProfileTable.h"
#include "profile/ProfileView.h"
#include "session/RunPair.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>

namespace loopscope {

class ProfileComparisonTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void sentenceAndTablesTellWhatChanged();
    void flameIsColouredByTheChange();
    void widthsAreThoseOfEitherRun();
    void firstDifferenceLeadsThere();
    void swappedRunsAreToldTheOtherWayRound();
    void rowLeadsToTheSource();
    void closedItSaysWhatToDo();
    void unreadableRecordingIsTold();

private:
    QString record(int milliseconds);
    void compare();
    ComparisonPage &page() { return m_window->profile().comparison(); }
    FigureTable::Row rowOf(const QString &function);

    QTemporaryDir m_folder;
    QString m_slow;
    QString m_quick;
    std::unique_ptr<MainWindow> m_window;
};

void ProfileComparisonTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
    m_slow = record(60);
    m_quick = record(20);
}

/// Of a run in which `spin` holds the loop that long.
QString ProfileComparisonTest::record(int milliseconds)
{
    MainWindow window(MainWindow::Memory::Forget);
    window.editor().setText(QStringLiteral("function spin() {\n"
                                           "  const end = Date.now() + %1;\n"
                                           "  while (Date.now() < end);\n"
                                           "}\n"
                                           "function rest() { for (let i = 0; i < 10; ++i); }\n"
                                           "const pause = (ms) => new Promise((done) => setTimeout(done, ms));\n"
                                           "setTimeout(async function block() { spin(); await pause(%1); rest(); }, 5);\n")
                                .arg(milliseconds));
    window.runFromStart();
    const bool isRecorded =
        QTest::qWaitFor([&] { return window.session().state() == RunSession::State::Ended && window.session().isCaughtUp(); }, 20'000);
    const QString kept = m_folder.filePath(QStringLiteral("%1.lscope").arg(milliseconds));
    return isRecorded && QFile::copy(window.session().recordingPath(), kept) ? kept : QString();
}

void ProfileComparisonTest::init()
{
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void ProfileComparisonTest::compare()
{
    QVERIFY(!m_slow.isEmpty() && !m_quick.isEmpty());
    QVERIFY(m_window->openComparison(m_slow, m_quick));
    QTRY_VERIFY_WITH_TIMEOUT(page().isVisible() && !page().isBehind() && !m_window->runs().isComparing(), 20'000);
}

FigureTable::Row ProfileComparisonTest::rowOf(const QString &function)
{
    const std::vector<FigureTable::Row> &rows = page().functions().table().rows;
    const auto row =
        std::find_if(rows.begin(), rows.end(), [&](const FigureTable::Row &each) { return each.front().toString() == function; });
    return row == rows.end() ? FigureTable::Row(10) : *row;
}

void ProfileComparisonTest::sentenceAndTablesTellWhatChanged()
{
    compare();
    QVERIFY2(page().summary().text().contains(QStringLiteral("times as fast")), qPrintable(page().summary().text()));
    QVERIFY(page().summary().text().contains(QStringLiteral("spin")));
    const FigureTable::Row spin = rowOf(QStringLiteral("spin"));
    QVERIFY2(spin[2].toDouble() > 55 && spin[2].toDouble() < 65, qPrintable(spin[2].toString()));
    QVERIFY2(spin[3].toDouble() > 15 && spin[3].toDouble() < 25, qPrintable(spin[3].toString()));
    QCOMPARE(spin[4].toDouble(), spin[3].toDouble() - spin[2].toDouble());
    QCOMPARE(page().awaits().table().rows.size(), std::size_t(1));
    QVERIFY(page().awaits().table().rows[0][2].toDouble() >= 60);
    QVERIFY(page().awaits().table().rows[0][3].toDouble() < 30);
}

void ProfileComparisonTest::flameIsColouredByTheChange()
{
    const QColor slower = DifferenceFlame::fill({10, 100});
    const QColor faster = DifferenceFlame::fill({100, 10});
    QVERIFY(slower.red() > slower.blue() && faster.blue() > faster.red());
    QVERIFY(DifferenceFlame::fill({100, 101}) != slower); // chance
    QCOMPARE(DifferenceFlame::fill({100, 101}), DifferenceFlame::fill({100, 100}));
    compare();
    FlameView &flame = page().flame();
    QVERIFY(flame.graph().rowCount() >= 3);
    flame.setFocus();
    QTest::keyClick(&flame, Qt::Key_Down); // the first frame of all
    QTest::keyClick(&flame, Qt::Key_Down);
    QTest::keyClick(&flame, Qt::Key_Down);
    QVERIFY2(flame.accessibleDescription().contains(QStringLiteral("before")), qPrintable(flame.accessibleDescription()));
    QVERIFY2(flame.currentName().contains(QStringLiteral("-")), qPrintable(flame.currentName())); // faster, in figures
}

void ProfileComparisonTest::widthsAreThoseOfEitherRun()
{
    compare();
    const quint64 after = page().flame().graph().length();
    page().setWidths(DifferenceFlame::Widths::Before);
    QVERIFY(page().flame().graph().length() > 2 * after);
}

void ProfileComparisonTest::firstDifferenceLeadsThere()
{
    compare();
    QVERIFY2(page().parting().text().contains(QStringLiteral("first differ")), qPrintable(page().parting().text()));
    const qsizetype link = page().parting().text().indexOf(QStringLiteral("event:"));
    QVERIFY(link > 0);
    const quint64 event = page().parting().text().mid(link + 6).section(QLatin1Char('"'), 0, 0).toULongLong();
    Q_EMIT page().parting().linkActivated(QStringLiteral("event:%1").arg(event));
    QVERIFY(!m_window->showsProfile());
    QCOMPARE(m_window->stepper().cursor(), event + 1);
}

void ProfileComparisonTest::swappedRunsAreToldTheOtherWayRound()
{
    compare();
    const QList<QToolButton *> buttons = page().findChildren<QToolButton *>();
    const auto swap =
        std::find_if(buttons.begin(), buttons.end(), [](const QToolButton *button) { return button->text() == QStringLiteral("Swap"); });
    QVERIFY(swap != buttons.end());
    QTest::mouseClick(*swap, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!page().isBehind(), 20'000);
    QVERIFY2(page().summary().text().contains(QStringLiteral("times as long")), qPrintable(page().summary().text()));
    QVERIFY(rowOf(QStringLiteral("spin"))[4].toDouble() > 30);
}

void ProfileComparisonTest::rowLeadsToTheSource()
{
    compare();
    page().setView(ComparisonPage::View::Functions);
    page().functions().setFocus();
    page().functions().setCurrentRow(0);
    QCOMPARE(page().functions().table().rows[0][0].toString(), QStringLiteral("spin"));
    QTest::keyClick(&page().functions(), Qt::Key_Return);
    QVERIFY(!m_window->showsProfile());
}

void ProfileComparisonTest::closedItSaysWhatToDo()
{
    compare();
    m_window->runs().close();
    QVERIFY(page().flame().graph().rowCount() == 0);
    QVERIFY(!page().summary().isVisible());
    const QList<QPushButton *> buttons = page().findChildren<QPushButton *>();
    QCOMPARE(buttons.size(), 1);
    QVERIFY(buttons.constFirst()->isVisible() && buttons.constFirst()->isEnabled());
    QCOMPARE(buttons.constFirst()->text(), m_window->commands().compareWith->text());
}

void ProfileComparisonTest::unreadableRecordingIsTold()
{
    const QString path = m_folder.filePath(QStringLiteral("no.lscope"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("no recording");
    file.close();
    QVERIFY(!m_window->openComparison(path, m_quick));
    QVERIFY(!m_window->runs().isOpen());
    QVERIFY2(m_window->banner().sentence().contains(QStringLiteral("no.lscope")), qPrintable(m_window->banner().sentence()));
}

} // namespace loopscope

QTEST_MAIN(loopscope::ProfileComparisonTest)
#include "ProfileComparisonTest.moc"
