// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonBundle.h"
#include "lessons/loader/Submission.h"
#include "support/Fuzzing.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace loopscope;

/// Damaged files of learners and teachers are either read or told, and neither crash, nor hang, nor leave their folder.
class LessonFilesFuzzTest : public QObject, private Fuzzing
{
    Q_OBJECT

public:
    LessonFilesFuzzTest()
        : Fuzzing(20261127)
    {
    }

private Q_SLOTS:
    void progress();
    void bundle();
    void submission();

private:
    void damage(QByteArray &bytes)
    {
        static const QByteArrayList telling = {"{", "}", "[", "]", "\"", ",", ":", "null", "true", "-1", "1e308", "99999999999999999999",
            "../", "/", "\\u0000", "\\ud800", "\xff", "{\"format\": 2}"};
        for (quint64 i = 1 + below(6); i > 0 && !bytes.isEmpty(); --i) {
            const auto at = static_cast<qsizetype>(below(static_cast<quint64>(bytes.size())));
            switch (below(5)) {
            case 0:
                bytes[at] = static_cast<char>(below(256));
                break;
            case 1:
                bytes.insert(at, telling[static_cast<qsizetype>(below(static_cast<quint64>(telling.size())))]);
                break;
            case 2:
                bytes.remove(at, static_cast<qsizetype>(below(40)));
                break;
            case 3: // a piece from elsewhere
                bytes.insert(at, bytes.mid(static_cast<qsizetype>(below(static_cast<quint64>(bytes.size()))), 60));
                break;
            default:
                if (below(8) == 0)
                    bytes.truncate(at);
                break;
            }
        }
    }
    /// `look` reads the file, and gives whether it could, with what was told.
    void damageAndRead(const QString &file, const std::function<bool(QString *)> &look)
    {
        QFile source(file);
        QVERIFY(source.open(QIODevice::ReadOnly));
        const QByteArray good = source.readAll();
        source.close();
        int told = 0;
        for (int round = 0; round < rounds(); ++round) {
            QByteArray bytes = good;
            damage(bytes);
            QFile target(file);
            QVERIFY(target.open(QIODevice::WriteOnly));
            QCOMPARE(target.write(bytes), bytes.size());
            target.close();
            QElapsedTimer timer;
            timer.start();
            QString problem;
            if (!look(&problem)) {
                ++told;
                QVERIFY(!problem.isEmpty());
                QVERIFY(problem.size() < 2000);
            }
            QVERIFY(timer.elapsed() < 2000);
        }
        QVERIFY(told > rounds() / 4);
    }
    LessonProgress sample()
    {
        LessonProgress stand(m_folder.filePath(QStringLiteral("sample.json")));
        Lesson lesson;
        for (int i = 0; i < 4; ++i) {
            lesson.name = QStringLiteral("0%1-lesson").arg(i);
            stand.answer(QStringLiteral("course"), lesson, QStringLiteral("first"), {QStringLiteral("a"), QStringLiteral("b")}, i % 2 == 0);
            stand.attempt(QStringLiteral("course"), lesson, QStringLiteral("mend"), QStringLiteral("console.log(1)\n"), false);
        }
        return stand;
    }

    QTemporaryDir m_folder;
};

void LessonFilesFuzzTest::progress()
{
    const QString file = m_folder.filePath(QStringLiteral("progress.json"));
    QCOMPARE(sample().exportTo(file), QString());
    damageAndRead(file, [&](QString *problem) {
        LessonProgress read(m_folder.filePath(QStringLiteral("other.json")));
        *problem = read.import(file);
        read.retriesAfter(QStringLiteral("course"), QStringLiteral("00-lesson"));
        return problem->isEmpty();
    });
}

void LessonFilesFuzzTest::submission()
{
    const QString file = m_folder.filePath(QStringLiteral("a.submission"));
    QCOMPARE(Submission::of(sample(), QStringLiteral("course"), QStringLiteral("Ada")).write(file), QString());
    damageAndRead(file, [&](QString *problem) { return Submission::read(file, problem).has_value(); });
}

void LessonFilesFuzzTest::bundle()
{
    QDir dir(m_folder.path());
    QVERIFY(dir.mkpath(QStringLiteral("lesson/data")));
    for (const char *name : {"lesson/lesson.json", "lesson/script.js", "lesson/data/list.txt"}) {
        QFile file(dir.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"title": "A", "steps": [{"id": "a", "kind": "do", "solution": "b.js"}]})");
    }
    QString problem;
    const auto made = LessonBundle::ofFolder(dir.filePath(QStringLiteral("lesson")), LessonBundle::Solutions::Included, &problem);
    QVERIFY2(made, qPrintable(problem));
    const QString file = dir.filePath(QStringLiteral("a.lessons"));
    QCOMPARE(made->write(file), QString());
    const QStringList before = dir.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    damageAndRead(file, [&](QString *sentence) {
        const auto bundle = LessonBundle::read(file, sentence);
        if (!bundle)
            return false;
        const QTemporaryDir outer(dir.filePath(QStringLiteral("XXXXXX")));
        QDir inner(outer.path());
        inner.mkdir(QStringLiteral("inner"));
        const bool isUnpacked = !bundle->unpack(outer.filePath(QStringLiteral("inner")), sentence).isEmpty();
        // Nothing beside the folder that was named.
        if (inner.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot) != QStringList(QStringLiteral("inner")))
            qFatal("a bundle left its folder");
        return isUnpacked;
    });
    QCOMPARE(dir.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), before);
}

QTEST_APPLESS_MAIN(LessonFilesFuzzTest)
#include "LessonFilesFuzzTest.moc"
