// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the script wrote: listed up to the cursor, looked into, exported.
#include "MainWindow.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/RowView.h"
#include "theme/Theme.h"
#include "written/WrittenFileWindow.h"
#include "written/WrittenView.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace loopscope {

namespace {

constexpr int patience = 30'000; // ms

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArrayLiteral("(no file)");
}

} // namespace

class WrittenTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void listsWhatTheRunDid();
    void listsUpToTheCursor();
    void showsContent();
    void exportsAll();
    void recordingTellsNamesOnly();
    void emptyListSaysWhy_data();
    void emptyListSaysWhy();
    void bytesAreShown_data();
    void bytesAreShown();

private:
    void run(const char *script);
    QStringList rows() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
};

void WrittenTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    Theme::current().install(*qApp);
    qputenv("LOOPSCOPE_RUNNER", qgetenv("LOOPSCOPE_BIN") + "/loopscope");
}

void WrittenTest::init()
{
    m_window.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->show();
}

void WrittenTest::run(const char *script)
{
    put(m_folder->filePath(QStringLiteral("main.js")), script);
    QVERIFY(m_window->openFile(m_folder->filePath(QStringLiteral("main.js"))));
    m_window->runFromStart();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().state(), RunSession::State::Ended, patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().isCaughtUp(), patience);
    m_window->stepper().toEnd();
}

QStringList WrittenTest::rows() const
{
    const WrittenModel &model = m_window->written().model();
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row)
        rows << model.index(row).data(WrittenModel::WordRole).toString() + u' ' + model.index(row).data().toString();
    return rows;
}

void WrittenTest::listsWhatTheRunDid()
{
    put(m_folder->filePath(QStringLiteral("old.txt")), "old");
    put(m_folder->filePath(QStringLiteral("gone.txt")), "gone");
    run("const fs = require('fs');\nfs.mkdirSync('made');\nfs.writeFileSync('made/a.txt', 'hello');\nfs.appendFileSync('old.txt', '!');\n"
        "fs.unlinkSync('gone.txt');\nfs.symlinkSync('old.txt', 'link');");
    QCOMPARE(rows(),
        (QStringList{QStringLiteral("removed gone.txt"), QStringLiteral("made link → old.txt"), QStringLiteral("made made/"),
            QStringLiteral("made made/a.txt"), QStringLiteral("changed old.txt")}));
    const QString fact = m_window->written().model().index(3).data(WrittenModel::FactRole).toString();
    QVERIFY2(fact.startsWith(QStringLiteral("5 B · main.js:3 · ")), qPrintable(fact));
    QCOMPARE(contentOf(m_folder->filePath(QStringLiteral("old.txt"))), QByteArray("old"));
}

void WrittenTest::listsUpToTheCursor()
{
    run("const fs = require('fs');\nfs.writeFileSync('early', '1');\nsetTimeout(() => {\n  fs.writeFile('late', '2', () => {});\n"
        "  fs.writeFileSync('early', '3');\n}, 20);");
    QCOMPARE(rows(), (QStringList{QStringLiteral("made early"), QStringLiteral("made late")}));
    const WrittenModel &model = m_window->written().model();
    QVERIFY2(model.index(1).data(WrittenModel::FactRole).toString().contains(QStringLiteral("main.js:4")),
        qPrintable(model.index(1).data(WrittenModel::FactRole).toString()));
    const quint64 second = model.all().at(1).since;
    m_window->stepper().setCursor(second - 1);
    QCOMPARE(rows(), QStringList{QStringLiteral("made early")});
    m_window->stepper().setCursor(second);
    QCOMPARE(rows().size(), 2);
    m_window->stepper().setCursor(model.all().at(0).since);
    QCOMPARE(rows(), QStringList{QStringLiteral("made early")});
    QVERIFY(model.index(0).data(WrittenModel::IsChangedLaterRole).toBool());
    m_window->stepper().toStart();
    QCOMPARE(rows(), QStringList());
    QVERIFY2(model.emptyHint().contains(QStringLiteral("2 thing")), qPrintable(model.emptyHint()));
}

void WrittenTest::showsContent()
{
    run("require('fs').writeFileSync('a.txt', 'h\\u00e9llo\\n');");
    RowView *list = m_window->written().list();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Return);
    const auto *window = m_window->findChild<WrittenFileWindow *>();
    QVERIFY(window != nullptr);
    const auto *content = window->findChild<QPlainTextEdit *>();
    QCOMPARE(content->toPlainText(), QStringLiteral("h\u00e9llo\n"));
    QVERIFY(content->isReadOnly());
}

void WrittenTest::exportsAll()
{
    run("const fs = require('fs');\nfs.mkdirSync('sub');\nfs.writeFileSync('sub/a', 'A');\nfs.symlinkSync('a', 'sub/b');");
    const QTemporaryDir target;
    const QString folder = target.filePath(QStringLiteral("out"));
    const auto &files = m_window->written().model().all();
    const QString from = m_window->session().writtenFolder();
    QCOMPARE(WrittenExport::copy(files, from, folder), QString());
    const QString made = folder + QFileInfo(m_folder->path()).canonicalFilePath() + QStringLiteral("/sub/");
    QCOMPARE(contentOf(made + u'a'), QByteArray("A"));
    QCOMPARE(QFile::symLinkTarget(made + u'b'), QFileInfo(made + u'a').absoluteFilePath());
    const QString again = WrittenExport::copy(files, from, folder);
    QVERIFY2(again.contains(QStringLiteral("not empty")), qPrintable(again));
}

void WrittenTest::recordingTellsNamesOnly()
{
    run("require('fs').writeFileSync('a.txt', 'x');");
    const QString saved = m_folder->filePath(QStringLiteral("saved.lscope"));
    QVERIFY(QFile::copy(m_window->session().recordingPath(), saved));
    QVERIFY(m_window->openFile(saved));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().isCaughtUp(), patience);
    QCOMPARE(rows(), QStringList{QStringLiteral("made a.txt")});
    QVERIFY(m_window->session().writtenFolder().isEmpty());
}

void WrittenTest::emptyListSaysWhy_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<bool>("isReal");
    QTest::addColumn<QString>("hint");
    QTest::newRow("nothing") << QByteArray("1") << false << QStringLiteral("wrote no files");
    QTest::newRow("real I/O") << QByteArray("1") << true << QStringLiteral("on the disk");
}

void WrittenTest::emptyListSaysWhy()
{
    QFETCH(QByteArray, script);
    QFETCH(bool, isReal);
    QFETCH(QString, hint);
    put(m_folder->filePath(QStringLiteral("main.js")), script);
    QVERIFY(m_window->openFile(m_folder->filePath(QStringLiteral("main.js"))));
    RunChoices choices;
    choices.isReal = isReal;
    m_window->setRunChoices(choices);
    m_window->runFromStart();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().state(), RunSession::State::Ended, patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().isCaughtUp(), patience);
    QVERIFY2(m_window->written().model().emptyHint().contains(hint), qPrintable(m_window->written().model().emptyHint()));
}

void WrittenTest::bytesAreShown_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("text") << QByteArray("a\nb") << QStringLiteral("a\nb");
    QTest::newRow("zeros") << QByteArray("a\0b", 3)
                           << QStringLiteral("00000000  61 00 62") + QString(39, u' ') + QStringLiteral("  |a.b|\n");
    QTest::newRow("no UTF-8") << QByteArray("\xff") << QStringLiteral("00000000  ff") + QString(45, u' ') + QStringLiteral("  |.|\n");
}

void WrittenTest::bytesAreShown()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QString how;
    QCOMPARE(WrittenFileWindow::shownText(bytes, bytes.size(), &how), text);
}

} // namespace loopscope

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    loopscope::WrittenTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "WrittenTest.moc"
