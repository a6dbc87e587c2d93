// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonBundle.h"
#include "lessons/loader/LessonFile.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

/// A course becomes one file, and that one the course again; what is no course, or would leave its folder, does not.
class LessonBundleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aCourseComesBackAsItWas();
    void oneLessonIsACourse();
    void studentsGetNoSolutions();
    void whatCannotBeInABundle_data();
    void whatCannotBeInABundle();
    void damagedBundlesAreTold_data();
    void damagedBundlesAreTold();
    void nothingIsWrittenOver();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &content) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
    QByteArray read(const QString &file) const
    {
        QFile source(file);
        return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray("(not there)");
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void LessonBundleTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    write(QStringLiteral("my course/course.json"), R"({"format": 1, "title": "Mine", "lessons": ["01-a", "02-b"]})");
    write(QStringLiteral("my course/01-a/lesson.json"), R"({"format": 1, "title": "A", "goal": "g", "steps": [
        {"id": "see", "kind": "read", "script": "shown.js", "explanation": "kept"},
        {"id": "mend", "kind": "do", "task": "t", "holds": "prints() == 2", "solution": "solved.js", "explanation": "told"},
        {"id": "more", "kind": "do", "task": "t", "holds": "prints() == 3", "solution": "shown.js"}]})");
    write(QStringLiteral("my course/01-a/lesson.de.json"), R"({"steps": [{"id": "mend", "task": "tu", "explanation": "erzählt"}]})");
    write(QStringLiteral("my course/01-a/lesson.md"), "# Ä\n");
    for (const char *script : {"script.js", "shown.js", "solved.js", "data/deep/list.txt"})
        write(QLatin1String("my course/01-a/") + QLatin1String(script), "// the file\n");
    write(QStringLiteral("my course/01-a/.hidden"), "no");
    write(QStringLiteral("my course/02-b/lesson.json"), R"({"format": 1, "title": "B", "goal": "g", "steps": []})");
    write(QStringLiteral("my course/LICENSE.txt"), "free\n");
    write(QStringLiteral("my course/drafts/lesson.json"), "{}");
}

void LessonBundleTest::aCourseComesBackAsItWas()
{
    QString problem;
    const auto made = LessonBundle::ofFolder(path(QStringLiteral("my course")), LessonBundle::Solutions::Included, &problem);
    QVERIFY2(made, qPrintable(problem));
    QCOMPARE(made->write(path(QStringLiteral("a.lessons"))), QString());
    const auto bundle = LessonBundle::read(path(QStringLiteral("a.lessons")), &problem);
    QVERIFY2(bundle, qPrintable(problem));
    QCOMPARE(bundle->title(), QStringLiteral("Mine"));
    QVERIFY(!bundle->isWithoutSolutions());
    QVERIFY(QDir().mkdir(path(QStringLiteral("out"))));
    const QString folder = bundle->unpack(path(QStringLiteral("out")), &problem);
    QCOMPARE(folder, path(QStringLiteral("out/my course")));
    for (const char *name : {"course.json", "LICENSE.txt", "01-a/lesson.json", "01-a/lesson.md", "01-a/solved.js",
             "01-a/data/deep/list.txt", "02-b/lesson.json"})
        QCOMPARE(read(folder + QLatin1Char('/') + QLatin1String(name)), read(path(QLatin1String("my course/") + QLatin1String(name))));
    QVERIFY(!QFile::exists(folder + QStringLiteral("/01-a/.hidden")));
    QVERIFY(!QFile::exists(folder + QStringLiteral("/drafts")));
}

void LessonBundleTest::oneLessonIsACourse()
{
    QString problem;
    const auto made = LessonBundle::ofFolder(path(QStringLiteral("my course/01-a/")), LessonBundle::Solutions::Included, &problem);
    QVERIFY2(made, qPrintable(problem));
    QCOMPARE(made->name(), QStringLiteral("01-a"));
    QCOMPARE(made->title(), QStringLiteral("A"));
    QVERIFY(made->files().contains(QStringLiteral("lesson.json")));
}

void LessonBundleTest::studentsGetNoSolutions()
{
    QString problem;
    const auto made = LessonBundle::ofFolder(path(QStringLiteral("my course")), LessonBundle::Solutions::LeftOut, &problem);
    QVERIFY2(made, qPrintable(problem));
    QVERIFY(made->isWithoutSolutions());
    QVERIFY(!made->files().contains(QStringLiteral("01-a/solved.js")));
    QVERIFY(made->files().contains(QStringLiteral("01-a/shown.js"))); // another step shows it
    const QJsonObject lesson = QJsonDocument::fromJson(made->files()[QStringLiteral("01-a/lesson.json")]).object();
    QVERIFY(lesson[QLatin1String("withoutSolutions")].toBool());
    const QJsonArray steps = lesson[QLatin1String("steps")].toArray();
    QCOMPARE(steps[0][QLatin1String("explanation")].toString(), QStringLiteral("kept"));
    QVERIFY(!steps[1].toObject().contains(QLatin1String("solution")) && !steps[1].toObject().contains(QLatin1String("explanation")));
    QCOMPARE(steps[1][QLatin1String("holds")].toString(), QStringLiteral("prints() == 2"));
    const QByteArray translation = made->files()[QStringLiteral("01-a/lesson.de.json")];
    QVERIFY(translation.contains("tu") && !translation.contains("erz"));
}

void LessonBundleTest::whatCannotBeInABundle_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("told");
    for (const auto &[what, told] : {std::pair("link", "is a link"), std::pair("large", "larger than 1 MB"),
             std::pair("binary", "no text in UTF-8"), std::pair("missing lesson", "03-c"), std::pair("climbing lesson", "../other"),
             std::pair("no lesson", "neither a course nor a lesson"), std::pair("damaged", "01-a/lesson.json"),
             std::pair("no folder", "there is no folder")})
        QTest::newRow(what) << QString::fromLatin1(what) << QString::fromLatin1(told);
}

void LessonBundleTest::whatCannotBeInABundle()
{
    QFETCH(const QString, what);
    QFETCH(const QString, told);
    QString folder = path(QStringLiteral("my course"));
    const QString inLesson = QStringLiteral("my course/01-a/");
    if (what == QLatin1String("link"))
        QVERIFY(QFile::link(QStringLiteral("/etc/passwd"), path(inLesson + QStringLiteral("secret.txt"))));
    else if (what == QLatin1String("large"))
        write(inLesson + QStringLiteral("large.txt"), QByteArray((1 << 20) + 1, 'x'));
    else if (what == QLatin1String("binary"))
        write(inLesson + QStringLiteral("picture.png"), QByteArray("\x89PNG\r\n", 6));
    else if (what == QLatin1String("missing lesson"))
        write(QStringLiteral("my course/course.json"), R"({"format": 1, "lessons": ["03-c"]})");
    else if (what == QLatin1String("climbing lesson"))
        write(QStringLiteral("my course/course.json"), R"({"format": 1, "lessons": ["../other"]})");
    else if (what == QLatin1String("no lesson"))
        folder = path(QStringLiteral("my course/01-a/data"));
    else if (what == QLatin1String("damaged"))
        write(inLesson + QStringLiteral("lesson.json"), "{\"steps\": [");
    else
        folder = path(QStringLiteral("nowhere"));
    QString problem = QStringLiteral("an older one");
    QVERIFY(!LessonBundle::ofFolder(folder, LessonBundle::Solutions::LeftOut, &problem));
    QVERIFY2(problem.contains(told), qPrintable(problem));
}

void LessonBundleTest::damagedBundlesAreTold_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonObject>("files");
    QTest::addColumn<QString>("told");
    const auto files = [](const QString &name) { return QJsonObject{{name, QStringLiteral("x")}}; };
    const QString good = QStringLiteral("course");
    const char *outside = "no name of a file inside";
    QTest::newRow("climbs") << good << files(QStringLiteral("../x.js")) << QString::fromLatin1(outside);
    QTest::newRow("climbs later") << good << files(QStringLiteral("a/../../x.js")) << QString::fromLatin1(outside);
    QTest::newRow("absolute") << good << files(QStringLiteral("/etc/cron.d/x")) << QString::fromLatin1(outside);
    QTest::newRow("another system's") << good << files(QStringLiteral("C:\\x.js")) << QString::fromLatin1(outside);
    QTest::newRow("empty") << good << files(QString()) << QString::fromLatin1(outside);
    QTest::newRow("a line feed") << good << files(QStringLiteral("a\nb")) << QString::fromLatin1(outside);
    QTest::newRow("deep") << good << files(QStringLiteral("a/").repeated(40) + QStringLiteral("x")) << QString::fromLatin1(outside);
    QTest::newRow("large") << good << QJsonObject{{QStringLiteral("x"), QString((1 << 20) + 1, QLatin1Char('x'))}}
                           << QStringLiteral("larger than 1 MB");
    QTest::newRow("no text") << good << QJsonObject{{QStringLiteral("x"), 1}} << QStringLiteral("the text of a file");
    QTest::newRow("no files") << good << QJsonObject() << QStringLiteral("names none");
    QTest::newRow("its name climbs") << QStringLiteral("..") << files(QStringLiteral("x")) << QStringLiteral("no name of a folder");
    QTest::newRow("its name is a path") << QStringLiteral("/tmp/x") << files(QStringLiteral("x")) << QStringLiteral("no name of a folder");
}

void LessonBundleTest::damagedBundlesAreTold()
{
    QFETCH(const QString, name);
    QFETCH(const QJsonObject, files);
    QFETCH(const QString, told);
    const QString file = path(QStringLiteral("bad.lessons"));
    QCOMPARE(LessonFile(QStringLiteral("loopscope-lessons"), 1, 1 << 30)
                 .write(file, {{QStringLiteral("name"), name}, {QStringLiteral("files"), files}}),
        QString());
    QString problem;
    QVERIFY(!LessonBundle::read(file, &problem));
    QVERIFY2(problem.contains(told) && problem.contains(file), qPrintable(problem));
}

void LessonBundleTest::nothingIsWrittenOver()
{
    QString problem;
    const auto made = LessonBundle::ofFolder(path(QStringLiteral("my course")), LessonBundle::Solutions::Included, &problem);
    QVERIFY(made);
    QVERIFY(made->unpack(m_folder->path(), &problem).isEmpty());
    QVERIFY2(problem.contains(QLatin1String("not empty")), qPrintable(problem));
    QCOMPARE(read(path(QStringLiteral("my course/01-a/script.js"))), QByteArray("// the file\n"));
}

QTEST_APPLESS_MAIN(LessonBundleTest)
#include "LessonBundleTest.moc"
