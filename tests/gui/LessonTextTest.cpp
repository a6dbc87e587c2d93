// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Markdown of a lesson as a document: code in mono and coloured, tables, nothing of HTML.
#include "lessons/TextLook.h"

#include "lessons/LessonProse.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextTable>

namespace loopscope {

class LessonTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance())); }
    void codeIsMonoAndColoured();
    void tableIsATable();
    void htmlIsNotTaken();
    void lineIsSaidPlainly_data();
    void lineIsSaidPlainly();
    void proseIsAsHighAsItNeeds();
};

namespace {

QTextCharFormat formatAt(const QTextDocument &document, const QString &text)
{
    QTextCursor found = document.find(text);
    found.setPosition(found.selectionStart() + 1);
    return found.charFormat();
}

} // namespace

void LessonTextTest::codeIsMonoAndColoured()
{
    const TextLook look = TextLook::ofTheme();
    QTextDocument document;
    setLessonMarkdown(document,
        QStringLiteral("# Head\n\nSay `later` now.\n\n```js\n// why\nconst answer = 42;\nlater();\n```\n\n```text\nconst plain\n```\n"),
        look);
    QVERIFY(formatAt(document, QStringLiteral("later")).fontFixedPitch());
    QCOMPARE(formatAt(document, QStringLiteral("later")).fontFamilies().toStringList(), look.code.families());
    QCOMPARE(formatAt(document, QStringLiteral("// why")).foreground().color(), look.colours.comment);
    QCOMPARE(formatAt(document, QStringLiteral("const answer")).foreground().color(), look.colours.keyword);
    QCOMPARE(formatAt(document, QStringLiteral("42")).foreground().color(), look.colours.numberLiteral);
    QCOMPARE(formatAt(document, QStringLiteral("later();")).foreground().color(), look.colours.functionName);
    QCOMPARE(formatAt(document, QStringLiteral("const plain")).foreground().color(), look.colours.text); // not marked as a script
    QVERIFY(document.toPlainText().contains(QLatin1String("const answer = 42;")));
}

void LessonTextTest::tableIsATable()
{
    QTextDocument document;
    setLessonMarkdown(document, QStringLiteral("| phase | what |\n|---|---|\n| poll | `read` |\n"), TextLook::ofPaper());
    const auto frames = document.rootFrame()->childFrames();
    QVERIFY(!frames.isEmpty());
    const auto *table = qobject_cast<QTextTable *>(frames.constFirst());
    QVERIFY(table != nullptr);
    QCOMPARE(table->rows(), 2);
    QCOMPARE(table->cellAt(1, 0).firstCursorPosition().block().text(), QStringLiteral("poll"));
}

void LessonTextTest::htmlIsNotTaken()
{
    QTextDocument document;
    setLessonMarkdown(document, QStringLiteral("before <img src=\"file:///etc/passwd\"> after"), TextLook::ofTheme());
    QVERIFY(document.toPlainText().contains(QLatin1String("<img")));
    QCOMPARE(lineToHtml(QStringLiteral("`a<b` & <i>"), TextLook::ofTheme()).count(QLatin1Char('<')), 2); // the span's own
}

void LessonTextTest::lineIsSaidPlainly_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("said");
    QTest::newRow("words") << QStringLiteral("as it is") << QStringLiteral("as it is");
    QTest::newRow("code") << QStringLiteral("`setTimeout` **waits**") << QStringLiteral("setTimeout waits");
    QTest::newRow("nothing") << QString() << QString();
}

void LessonTextTest::lineIsSaidPlainly()
{
    QFETCH(const QString, markdown);
    QTEST(lineToPlain(markdown), "said");
}

void LessonTextTest::proseIsAsHighAsItNeeds()
{
    LessonProse prose;
    prose.setLesson(QStringLiteral("word ").repeated(200));
    prose.resize(600, 10);
    prose.show();
    QVERIFY(QTest::qWaitForWindowExposed(&prose));
    const int wide = prose.height();
    prose.resize(300, 10);
    QTRY_VERIFY(prose.height() > wide * 3 / 2);
    prose.setLesson({});
    QVERIFY(!prose.isVisible());
}

} // namespace loopscope

QTEST_MAIN(loopscope::LessonTextTest)
#include "LessonTextTest.moc"
