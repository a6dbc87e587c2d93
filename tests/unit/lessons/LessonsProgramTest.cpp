// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `loopscope lessons` as teachers call it.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

class LessonsProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aNewLessonIsRight();
    void aNewLessonWritesOverNothing();
    void aBundleIsCheckedAsItsFolder();
    void bundlesAreRunInNodeIfAsked();
    void studentsBundlesCanBeRead();
    void lessonsAreListed();
    void handoutsAreWritten();
    void whatIsNotComparedIsSaid();
    void helpIsThere();
    void wrongUse_data();
    void wrongUse();

private:
    struct Result
    {
        int exitCode = -1;
        QString output;
        QString errors;
    };
    Result lessons(const QStringList &arguments, const QString &path = {}) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        if (!path.isEmpty())
            environment.insert(QStringLiteral("PATH"), path);
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_folder->path());
        process.start(
            qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"), QStringList{QStringLiteral("lessons")} + arguments);
        process.waitForFinished(60'000);
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void LessonsProgramTest::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void LessonsProgramTest::aNewLessonIsRight()
{
    QCOMPARE(lessons({QStringLiteral("new"), QStringLiteral("mine")}).exitCode, 0);
    const Result checked = lessons({QStringLiteral("check"), QStringLiteral("mine")});
    QVERIFY2(checked.exitCode == 0, qPrintable(checked.output + checked.errors));
    QVERIFY(checked.output.startsWith(QLatin1String("mine ")));
    QVERIFY(checked.output.contains(QLatin1String("All is right")));
}

void LessonsProgramTest::aNewLessonWritesOverNothing()
{
    QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("mine/.git")));
    const Result made = lessons({QStringLiteral("new"), QStringLiteral("mine")});
    QCOMPARE(made.exitCode, 2);
    QVERIFY2(made.errors.contains(QLatin1String("not empty")), qPrintable(made.errors));
    QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("mine/lesson.json"))));
}

void LessonsProgramTest::aBundleIsCheckedAsItsFolder()
{
    QCOMPARE(lessons({QStringLiteral("new"), QStringLiteral("mine")}).exitCode, 0);
    QCOMPARE(lessons({QStringLiteral("bundle"), QStringLiteral("mine"), QStringLiteral("-o"), QStringLiteral("a.lessons")}).exitCode, 0);
    const Result checked = lessons({QStringLiteral("check"), QStringLiteral("a.lessons"), QStringLiteral("--json")});
    QVERIFY2(checked.exitCode == 0, qPrintable(checked.output + checked.errors));
    const QJsonObject all = QJsonDocument::fromJson(checked.output.toUtf8()).object();
    QCOMPARE(all[QLatin1String("lessons")][0][QLatin1String("name")].toString(), QStringLiteral("mine"));
    QVERIFY(all[QLatin1String("lessons")][0][QLatin1String("runs")].toInt() >= 3);
}

void LessonsProgramTest::bundlesAreRunInNodeIfAsked()
{
    const QString marker = m_folder->filePath(QStringLiteral("marker"));
    QCOMPARE(lessons({QStringLiteral("new"), QStringLiteral("mine")}).exitCode, 0);
    QFile script(m_folder->filePath(QStringLiteral("mine/script.js")));
    QVERIFY(script.open(QIODevice::Append));
    script.write("require('fs').writeFileSync('" + marker.toUtf8() + "', '');\n");
    script.close();
    QCOMPARE(lessons({QStringLiteral("bundle"), QStringLiteral("mine"), QStringLiteral("-o"), QStringLiteral("a.lessons")}).exitCode, 0);
    const Result checked = lessons({QStringLiteral("check"), QStringLiteral("a.lessons")});
    QVERIFY2(checked.output.contains(QLatin1String("3 of them were not compared")), qPrintable(checked.output));
    QVERIFY(!QFile::exists(marker));
    if (QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty())
        return;
    lessons({QStringLiteral("check"), QStringLiteral("a.lessons"), QStringLiteral("--node")});
    QVERIFY(QFile::exists(marker));
}

void LessonsProgramTest::studentsBundlesCanBeRead()
{
    QCOMPARE(lessons({QStringLiteral("new"), QStringLiteral("mine")}).exitCode, 0);
    const QStringList bundle = {QStringLiteral("bundle"), QStringLiteral("mine"), QStringLiteral("-o"), QStringLiteral("a.lessons")};
    QCOMPARE(lessons(bundle + QStringList{QStringLiteral("--without-solutions")}).exitCode, 0);
    const Result checked = lessons({QStringLiteral("check"), QStringLiteral("a.lessons")});
    QVERIFY2(checked.exitCode == 0, qPrintable(checked.output + checked.errors));
}

void LessonsProgramTest::lessonsAreListed()
{
    QCOMPARE(lessons({QStringLiteral("new"), QStringLiteral("mine")}).exitCode, 0);
    const Result listed = lessons({QStringLiteral("list"), QStringLiteral("mine"), QStringLiteral("--json")});
    QCOMPARE(listed.exitCode, 0);
    const QJsonValue lesson = QJsonDocument::fromJson(listed.output.toUtf8()).object()[QLatin1String("lessons")][0];
    QCOMPARE(lesson[QLatin1String("title")].toString(), QStringLiteral("A new lesson"));
    QCOMPARE(lesson[QLatin1String("steps")].toInt(), 4);
    QVERIFY(lessons({QStringLiteral("list"), QStringLiteral("mine")}).output.contains(QLatin1String("A new lesson")));
}

void LessonsProgramTest::handoutsAreWritten()
{
    if (!QFile::exists(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope-studio")))
        QSKIP("The window is not built.");
    QCOMPARE(lessons({QStringLiteral("new"), QStringLiteral("mine")}).exitCode, 0);
    qint64 size = 0;
    for (const QStringList &options : {QStringList(), QStringList(QStringLiteral("--solutions"))}) {
        const Result written = lessons(
            QStringList{QStringLiteral("handout"), QStringLiteral("mine"), QStringLiteral("-o"), QStringLiteral("a.pdf")} + options);
        QVERIFY2(written.exitCode == 0 && written.errors.isEmpty(), qPrintable(written.errors));
        QFile file(m_folder->filePath(QStringLiteral("a.pdf")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.read(5), QByteArray("%PDF-"));
        QVERIFY(file.size() > size); // solutions take room
        size = file.size();
    }
}

void LessonsProgramTest::whatIsNotComparedIsSaid()
{
    QCOMPARE(lessons({QStringLiteral("new"), QStringLiteral("mine")}).exitCode, 0);
    const Result checked = lessons({QStringLiteral("check"), QStringLiteral("mine")}, QStringLiteral("/nowhere"));
    QVERIFY2(checked.exitCode == 0, qPrintable(checked.output + checked.errors));
    QVERIFY2(checked.output.contains(QLatin1String("3 of them were not compared")), qPrintable(checked.output));
}

void LessonsProgramTest::helpIsThere()
{
    const Result helped = lessons({QStringLiteral("check"), QStringLiteral("--help")});
    QCOMPARE(helped.exitCode, 0);
    for (const char *command : {"list", "check", "new", "bundle", "handout", "grade"})
        QVERIFY2(helped.output.contains(QLatin1String("loopscope lessons ") + QLatin1String(command)), command);
    QCOMPARE(lessons({}).output, helped.output);
}

void LessonsProgramTest::wrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *name, const QString &arguments, const char *told) {
        QTest::newRow(name) << arguments.split(QLatin1Char(' ')) << QString::fromLatin1(told);
    };
    row("another command", QStringLiteral("chek"), "Did you mean 'check'?");
    row("another option", QStringLiteral("check --jsn"), "no option '--jsn'");
    row("no folder", QStringLiteral("check nowhere"), "nowhere");
    row("no bundle", QStringLiteral("check /etc/hostname"), "/etc/hostname");
    row("two folders", QStringLiteral("check a b"), "one course or lesson");
    row("too many jobs", QStringLiteral("check --jobs 1000"), "from 1 to 64");
    row("new without a name", QStringLiteral("new"), "lessons new FOLDER");
    row("new in a file", QStringLiteral("new /etc/hostname"), "/etc/hostname");
    row("bundle of nothing", QStringLiteral("bundle nowhere -o a.lessons"), "no folder 'nowhere'");
    row("bundle to nowhere", QStringLiteral("bundle ."), "-o FILE.lessons");
    row("bundle into no folder", QStringLiteral("bundle . -o nowhere/a.lessons"), "nowhere");
    row("bundle of no lesson", QStringLiteral("bundle . -o a.lessons"), "neither a course nor a lesson");
    row("handout to nowhere", QStringLiteral("handout ."), "-o FILE.pdf");
    row("handout of nothing", QStringLiteral("handout nowhere -o a.pdf"), "nowhere");
}

void LessonsProgramTest::wrongUse()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, told);
    const Result result = lessons(arguments);
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.errors.startsWith(QLatin1String("loopscope: ")) && result.errors.contains(told), qPrintable(result.errors));
}

QTEST_GUILESS_MAIN(LessonsProgramTest)
#include "LessonsProgramTest.moc"
