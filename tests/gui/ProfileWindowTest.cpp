// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Profile workspace in the real window, of a script that blocks: verdict, who blocked, who waited, and the ways from there to the
// Step workspace.
#include "LessonsWorkspace.h"
#include "MainWindow.h"
#include "ViewExport.h"
#include "editor/SourceEditor.h"
#include "profile/AsyncTreeModel.h"
#include "profile/CostPage.h"
#include "profile/FlamePage.h"
#include "profile/LoopFigures.h"
#include "profile/ProfileBar.h"
#include "profile/ProfileTable.h"
#include "profile/ProfileView.h"
#include "profile/SourceCostPage.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QChartView>
#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTreeView>

#include <algorithm>

namespace loopscope {

class ProfileWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void blockerAndVictimAreTold();
    void rowLeadsToItsMoment();
    void findingLeadsToItsLesson();
    void flameLeadsToTheSource();
    void flameInTimeLeadsToTheMoment();
    void loopIsDrawn();
    void loopOfAWorkerIsChosen();
    void eachPictureIsWritten_data();
    void eachPictureIsWritten();
    void pictureIsOfferedInTheMenu();
    void sourceLinesTellWhatTheyCost();
    void asyncTreeTellsWhoStartedWhat();
    void queuesAreDrawn();
    void costOfRecordingIsMeasured();
    void costOfARunUnderWayIsNotMeasured();
    void thresholdDecidesWhatIsListed();
    void reopenedRecordingTellsTheSame();
    void anotherRunReplacesIt();
    void emptyWindowSaysWhatToDo();
    void healthyRunIsCalledSo();

private:
    void runToTheEnd(const QString &script);
    void showProfile();
    ProfileView &profile() { return m_window->profile(); }
    QVariant cell(std::size_t row, std::size_t column) { return profile().blockers().table().rows.at(row).at(column); }

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

namespace {

const QString kBlocking = QStringLiteral("function spin() {\n"
                                         "  const end = Date.now() + 60;\n"
                                         "  while (Date.now() < end);\n"
                                         "}\n"
                                         "setTimeout(function block() { spin(); }, 5);\n"
                                         "setTimeout(function suffer() {}, 20);\n");

} // namespace

void ProfileWindowTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void ProfileWindowTest::init()
{
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void ProfileWindowTest::runToTheEnd(const QString &script)
{
    m_window->editor().setText(script);
    m_window->runFromStart();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().state() == RunSession::State::Ended && m_window->session().isCaughtUp(), 20'000);
}

void ProfileWindowTest::showProfile()
{
    m_window->commands().profileWorkspace->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(profile().isVisible() && !profile().isBehind(), 20'000);
}

void ProfileWindowTest::blockerAndVictimAreTold()
{
    runToTheEnd(kBlocking);
    showProfile();
    QVERIFY2(profile().verdict().text().contains(QStringLiteral("held it")), qPrintable(profile().verdict().text()));
    QVERIFY(profile().verdict().text().contains(QStringLiteral("href=\"event:")));
    QCOMPARE(profile().blockers().table().rows.size(), std::size_t(1));
    QVERIFY(cell(0, 0).toString().contains(QStringLiteral("block")));
    QVERIFY(cell(0, 1).toString().endsWith(QStringLiteral(":5")));
    QVERIFY(cell(0, 2).toDouble() >= 59);
    QCOMPARE(cell(0, 6).toString(), QStringLiteral("1 timer"));
    const QString details = profile().details().toPlainText();
    for (const QString &word : {QStringLiteral("suffer"), QStringLiteral("spin"), QStringLiteral("setImmediate")})
        QVERIFY2(details.contains(word), qPrintable(details));
}

void ProfileWindowTest::rowLeadsToItsMoment()
{
    runToTheEnd(kBlocking);
    showProfile();
    profile().blockers().setFocus();
    QTest::keyClick(&profile().blockers(), Qt::Key_Return);
    QVERIFY(!m_window->showsProfile());
    QVERIFY(m_window->commands().stepWorkspace->isChecked());
    const Event moment = m_window->session().reader()->event(m_window->stepper().cursor() - 1);
    QCOMPARE(moment.kind, EventKind::TaskBegun);
    QCOMPARE(m_window->session().reader()->place(moment.site).site->line, quint32(5));
}

void ProfileWindowTest::findingLeadsToItsLesson()
{
    runToTheEnd(kBlocking);
    showProfile();
    m_window->editor().setModified(false); // else the window asks first
    static const QRegularExpression link(QStringLiteral("href=\"(lesson:[^\"]*)\""));
    const QRegularExpressionMatch match = link.match(profile().verdict().text());
    QVERIFY2(match.hasMatch(), qPrintable(profile().verdict().text()));
    Q_EMIT profile().verdict().linkActivated(match.captured(1));
    QVERIFY(m_window->commands().lessonsWorkspace->isChecked());
    QTRY_VERIFY(m_window->lessons().isInLesson());
    QCOMPARE(m_window->lessons().walk().lesson()->name, QStringLiteral("18-cpu-heavy"));
}

void ProfileWindowTest::flameLeadsToTheSource()
{
    runToTheEnd(kBlocking);
    showProfile();
    FlameView &flame = profile().flame().merged();
    QVERIFY(flame.graph().rowCount() >= 3); // all, block, spin
    flame.setFocus();
    QTest::keyClick(&flame, Qt::Key_Down);
    for (int row = 0; row < 3; ++row)
        QTest::keyClick(&flame, Qt::Key_Down);
    QVERIFY(flame.accessibleDescription().contains(QStringLiteral("spin")));
    QTest::keyClick(&flame, Qt::Key_Space);
    QVERIFY(!m_window->showsProfile());
    QCOMPARE(m_window->editor().caretLine(), 1);
}

void ProfileWindowTest::flameInTimeLeadsToTheMoment()
{
    runToTheEnd(kBlocking);
    showProfile();
    FlamePage &page = profile().flame();
    page.merged().setFocus();
    QTest::keyClick(&page.merged(), Qt::Key_T);
    QCOMPARE(page.order(), FlamePage::Order::Time);
    QVERIFY(page.inTime().hasFocus());
    QTRY_VERIFY(!profile().isBehind());
    const FlameGraph &graph = page.inTime().graph();
    // The longest callback is the timeout, which begins no earlier than it is due; spin below it takes nearly all of it.
    const auto longest = std::max_element(graph.row(0).begin(), graph.row(0).end(),
        [](const FlameFrame &left, const FlameFrame &right) { return left.length < right.length; });
    QVERIFY(longest->start >= 5'000'000 && longest->length >= 59'000'000);
    page.inTime().setCurrent(FlamePlace{0, static_cast<std::size_t>(longest - graph.row(0).begin())});
    QVERIFY2(page.inTime().currentName().contains(QStringLiteral("block")), qPrintable(page.inTime().currentName()));
    QTest::keyClick(&page.inTime(), Qt::Key_Down);
    QTest::keyClick(&page.inTime(), Qt::Key_Down);
    QCOMPARE(page.inTime().currentName(), QStringLiteral("spin"));
    QTest::keyClick(&page.inTime(), Qt::Key_Return); // alone
    QCOMPARE(page.inTime().window().length, static_cast<double>(graph.frame(*page.inTime().current()).length));
    QVERIFY(page.currentEvent());
    const Event begun = m_window->session().reader()->event(*page.currentEvent());
    QCOMPARE(begun.kind, EventKind::CallEntered);
    QCOMPARE(begun.time, graph.frame(*page.inTime().current()).start);
    QTest::keyClick(&page.inTime(), Qt::Key_T);
    QVERIFY(page.merged().hasFocus());
}

void ProfileWindowTest::loopIsDrawn()
{
    runToTheEnd(kBlocking);
    showProfile();
    profile().showPage(ProfileView::Page::Loop);
    const LoopFigures &loop = profile().loop();
    QVERIFY(loop.facts().text().contains(QStringLiteral("p99")));
    double holds = 0;
    for (const ChartBar &bar : loop.delay().bars())
        holds += bar.share;
    QVERIFY(qAbs(holds - 100) < 1e-6);
    QVERIFY(loop.delay().bars().back().to > 60 && loop.delay().bars().back().from < 70);
    double busy = 0;
    for (const ChartBar &bar : loop.utilisation().bars())
        busy += bar.share / 100 * (bar.to - bar.from);
    QVERIFY2(busy > 58 && busy < 66, qPrintable(QString::number(busy)));
    QVERIFY(loop.utilisation().view().isVisible());
    QCOMPARE(loop.delay().table().rows.size(), loop.delay().bars().size());
}

void ProfileWindowTest::loopOfAWorkerIsChosen()
{
    const QString path = m_folder.filePath(QStringLiteral("worker.js"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("const { Worker, isMainThread } = require('worker_threads');\n"
               "if (isMainThread) {\n"
               "  new Worker(__filename, { name: 'adder' });\n"
               "} else {\n"
               "  setTimeout(function add() { const end = Date.now() + 30; while (Date.now() < end); }, 5);\n"
               "}\n");
    file.close();
    QVERIFY(m_window->openFile(path));
    m_window->runFromStart();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().state() == RunSession::State::Ended && m_window->session().isCaughtUp(), 20'000);
    showProfile();
    QComboBox &loops = profile().bar().loops();
    QVERIFY(loops.isVisible());
    QCOMPARE(loops.count(), 2);
    QVERIFY2(loops.itemText(1).contains(QStringLiteral("adder")), qPrintable(loops.itemText(1)));
    QVERIFY(profile().blockers().table().rows.empty()); // the main one is not held
    loops.setFocus();
    QTest::keyClick(&loops, Qt::Key_Down);
    QTRY_VERIFY_WITH_TIMEOUT(!profile().isBehind() && !profile().blockers().table().rows.empty(), 20'000);
    QVERIFY2(cell(0, 0).toString().contains(QStringLiteral("add")), qPrintable(cell(0, 0).toString()));
    QVERIFY(cell(0, 2).toDouble() >= 29);
    // Another run begins with its main loop.
    m_window->commands().stepWorkspace->trigger();
    QVERIFY(m_window->openFile(path));
    m_window->runFromStart();
    showProfile();
    QTRY_COMPARE_WITH_TIMEOUT(loops.currentIndex(), 0, 20'000);
}

void ProfileWindowTest::eachPictureIsWritten_data()
{
    QTest::addColumn<QString>("key");
    for (const QString &key : ProfileView::chartNames())
        QTest::newRow(qPrintable(key)) << key;
}

void ProfileWindowTest::eachPictureIsWritten()
{
    QFETCH(QString, key);
    runToTheEnd(kBlocking);
    showProfile();
    const QList<ProfileView::Picture> pictures = profile().pictures();
    const auto picture = std::find_if(pictures.begin(), pictures.end(), [&](const auto &each) { return each.key == key; });
    QVERIFY(picture != pictures.end());
    picture->reveal();
    QTRY_VERIFY_WITH_TIMEOUT(!profile().isBehind(), 20'000);
    QVERIFY(picture->view->isVisible());
    for (const QString &suffix : {QStringLiteral("svg"), QStringLiteral("png")}) {
        const QString path = m_folder.filePath(key + u'.' + suffix);
        QCOMPARE(ViewExport::write(*picture->view, path), QString());
        QImage image(picture->view->size(), QImage::Format_RGB32);
        image.fill(Qt::magenta);
        if (suffix == QLatin1String("svg")) {
            QSvgRenderer drawing(path);
            QVERIFY(drawing.isValid());
            QCOMPARE(drawing.viewBox().size(), picture->view->size());
            QPainter painter(&image);
            drawing.render(&painter);
        } else {
            QVERIFY(image.load(path));
            QCOMPARE(image.size(), picture->view->size() * 2);
        }
        QSet<QRgb> colours;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                colours.insert(image.pixel(x, y));
        }
        QVERIFY2(colours.size() > 8, qPrintable(path)); // something is drawn, with smooth letters
    }
}

void ProfileWindowTest::pictureIsOfferedInTheMenu()
{
    runToTheEnd(kBlocking);
    showProfile();
    QSignalSpy wanted(&profile(), &ProfileView::pictureWanted);
    for (QWidget *view : {static_cast<QWidget *>(&profile().flame()), static_cast<QWidget *>(&profile().loop().delay())}) {
        QCOMPARE(view->contextMenuPolicy(), Qt::ActionsContextMenu);
        QCOMPARE(view->actions().size(), 1);
    }
    profile().disconnect(m_window.get()); // no file chooser
    profile().loop().delay().actions().constFirst()->trigger();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.constFirst().constFirst().value<ProfileView::Picture>().key, QStringLiteral("delay"));
}

void ProfileWindowTest::sourceLinesTellWhatTheyCost()
{
    runToTheEnd(kBlocking);
    showProfile();
    profile().showPage(ProfileView::Page::Source);
    QTableView &lines = profile().source().lines();
    QCOMPARE(lines.model()->rowCount(), 6);
    const auto cell = [&lines](int line, int column) { return lines.model()->index(line - 1, column).data().toString(); };
    QVERIFY2(cell(3, SourceCostModel::Self).endsWith(QStringLiteral(" ms")), qPrintable(cell(3, SourceCostModel::Self))); // the loop
    QCOMPARE(lines.model()->index(2, SourceCostModel::Self).data(SourceCostModel::ShareRole).toDouble(), 1.0);
    QCOMPARE(cell(5, SourceCostModel::Calls), QStringLiteral("1")); // block
    QVERIFY(cell(3, SourceCostModel::Code).contains(QStringLiteral("while")));
    QVERIFY(cell(4, SourceCostModel::Self).isEmpty());
    QCOMPARE(lines.currentIndex().row(), 2); // the one to look at first
    lines.setFocus();
    QTest::keyClick(&lines, Qt::Key_Return);
    QVERIFY(!m_window->showsProfile());
    QCOMPARE(m_window->editor().caretLine(), 3);
}

void ProfileWindowTest::asyncTreeTellsWhoStartedWhat()
{
    runToTheEnd(kBlocking);
    showProfile();
    profile().showPage(ProfileView::Page::Async);
    QTreeView &tree = profile().asyncTree();
    const QAbstractItemModel &model = *tree.model();
    QModelIndex script;
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.rowCount(model.index(row, 0)) == 2)
            script = model.index(row, 0);
    }
    QVERIFY(script.isValid());
    const QModelIndex suffer = model.index(0, 0, script); // waited longest: 20 ms, and for the other one
    QVERIFY2(suffer.data().toString().contains(QStringLiteral("suffer")), qPrintable(suffer.data().toString()));
    QVERIFY(model.index(0, AsyncTreeModel::Place, script).data().toString().endsWith(QStringLiteral(":6")));
    tree.setFocus();
    tree.setCurrentIndex(suffer);
    QTest::keyClick(&tree, Qt::Key_Return);
    QVERIFY(!m_window->showsProfile());
    const Event moment = m_window->session().reader()->event(m_window->stepper().cursor() - 1);
    QCOMPARE(moment.kind, EventKind::TaskBegun);
    QCOMPARE(m_window->session().reader()->place(moment.site).site->line, quint32(6));
}

void ProfileWindowTest::queuesAreDrawn()
{
    runToTheEnd(kBlocking);
    showProfile();
    profile().showPage(ProfileView::Page::Loop);
    const FigureTable table = profile().loop().queues().table();
    const auto timers = static_cast<std::size_t>(table.columns.indexOf(QStringLiteral("timers")));
    QVERIFY(timers < table.rows.front().size());
    QCOMPARE(table.rows.front().at(timers).toInt(), 2);
    QTRY_VERIFY(profile().loop().queues().view().isVisible());
    profile().loop().queues().view().setFocus();
    QTest::keyClick(&profile().loop().queues().view(), Qt::Key_Home);
    QVERIFY2(profile().loop().queues().reading().contains(QStringLiteral("timers 2")), qPrintable(profile().loop().queues().reading()));
}

void ProfileWindowTest::costOfRecordingIsMeasured()
{
    runToTheEnd(QStringLiteral("let sum = 0;\nfunction add(n) { sum += n; }\nfor (let i = 0; i < 200000; ++i) add(i);\n"));
    showProfile();
    profile().showPage(ProfileView::Page::Cost);
    CostPage &cost = profile().cost();
    cost.button().setFocus();
    QTest::keyClick(&cost.button(), Qt::Key_Space);
    QVERIFY(cost.isBusy());
    QTRY_VERIFY_WITH_TIMEOUT(!cost.isBusy(), 60'000);
    QVERIFY2(cost.result().text().contains(QStringLiteral("times as long")), qPrintable(cost.result().text()));
    QVERIFY2(cost.result().text().contains(QStringLiteral("The recording has")), qPrintable(cost.result().text()));
    QVERIFY(CostPage::text({0.2, 0.5, 1000}).contains(QLocale().toString(2.5, 'f', 2)));
}

void ProfileWindowTest::costOfARunUnderWayIsNotMeasured()
{
    m_window->editor().setText(QStringLiteral("setInterval(() => {}, 1);\n"));
    m_window->runFromStart();
    showProfile();
    profile().showPage(ProfileView::Page::Cost);
    QTest::mouseClick(&profile().cost().button(), Qt::LeftButton);
    QVERIFY(!profile().cost().isBusy());
    QVERIFY2(profile().cost().result().text().contains(QStringLiteral("Shift+F5")), qPrintable(profile().cost().result().text()));
}

void ProfileWindowTest::thresholdDecidesWhatIsListed()
{
    runToTheEnd(kBlocking);
    showProfile();
    profile().bar().setThreshold(100'000'000);
    QVERIFY(profile().blockers().table().rows.empty());
    QVERIFY(profile().details().toPlainText().isEmpty());
    profile().bar().setThreshold(30'000'000);
    QCOMPARE(profile().blockers().table().rows.size(), std::size_t(1));
}

void ProfileWindowTest::reopenedRecordingTellsTheSame()
{
    runToTheEnd(kBlocking);
    showProfile();
    const FigureTable live = profile().blockers().table();
    const QString kept = m_folder.filePath(QStringLiteral("kept.lscope"));
    QVERIFY(QFile::copy(m_window->session().recordingPath(), kept));
    init();
    QVERIFY(m_window->openFile(kept));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().isCaughtUp(), 20'000);
    showProfile();
    QCOMPARE(profile().blockers().table().rows, live.rows);
}

void ProfileWindowTest::anotherRunReplacesIt()
{
    runToTheEnd(kBlocking);
    showProfile();
    m_window->commands().stepWorkspace->trigger();
    runToTheEnd(QStringLiteral("setTimeout(() => {}, 1);\n"));
    showProfile();
    QVERIFY(profile().blockers().table().rows.empty());
}

void ProfileWindowTest::emptyWindowSaysWhatToDo()
{
    showProfile();
    const QList<QLabel *> labels = profile().findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
        [](const QLabel *label) { return label->isVisible() && label->text().contains(QStringLiteral("F5")); }));
    QVERIFY(!profile().blockers().isVisible());
}

void ProfileWindowTest::healthyRunIsCalledSo()
{
    runToTheEnd(QStringLiteral("setTimeout(() => {}, 1);\n"));
    showProfile();
    QVERIFY2(profile().verdict().text().contains(QStringLiteral("Healthy")), qPrintable(profile().verdict().text()));
}

} // namespace loopscope

QTEST_MAIN(loopscope::ProfileWindowTest)
#include "ProfileWindowTest.moc"
