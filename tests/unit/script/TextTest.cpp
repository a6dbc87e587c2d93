// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/LineIndex.h"
#include "script/SourceMap.h"
#include "script/SyntaxTree.h"

#include <QTest>

using namespace loopscope;

/// The parts below the compiler: places in texts, source maps, the flat syntax tree.
class TextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsLinesAndUnitsAsV8Does()
    {
        const QByteArray text = QByteArrayLiteral("a\r\nb\xC3\xBC\xF0\x9F\x98\x80"
                                                  "c\n\xE2\x80\xA8"
                                                  "d\re");
        const LineIndex lines(text);
        QCOMPARE(lines.lineCount(), 5U);
        QCOMPARE(lines.line(2), QStringLiteral("bü😀c"));
        QCOMPARE(lines.line(4), QStringLiteral("d"));
        const TextPlace place = lines.place(static_cast<quint32>(text.indexOf('c')));
        QCOMPARE(place.line, 2U);
        QCOMPARE(place.column, 5U); // ü is one unit, the emoji two
        QCOMPARE(lines.offset({2, 5}), static_cast<quint32>(text.indexOf('c')));
        QCOMPARE(lines.place(static_cast<quint32>(text.size())).line, 5U);
    }

    void countsUnitsInLongTexts()
    {
        QByteArray text;
        for (int index = 0; index < 5000; ++index)
            text += index % 7 == 0 ? "\xF0\x9F\x98\x80" : "x";
        const LineIndex lines(text);
        const QString units = QString::fromUtf8(text);
        QCOMPARE(lines.place(static_cast<quint32>(text.size())).column, static_cast<quint32>(units.size()) + 1);
    }

    void readsSourceMaps()
    {
        const SourceMap map = SourceMap::fromJson(R"({"version":3,"sources":["a"],"names":[],"mappings":"AACA,EAAE;;GACG,IAAI"})");
        QCOMPARE(map.mappings().size(), std::size_t(4));
        QCOMPARE(map.mappings()[1].generated.column, 3U);
        QCOMPARE(map.mappings()[1].original.line, 2U);
        QCOMPARE(map.mappings()[1].original.column, 3U);
        QCOMPARE(map.mappings()[2].generated.line, 3U);
        QCOMPARE(map.mappings()[2].original.line, 3U);
        const TextPlace place = map.original({3, 6});
        QCOMPARE(place.line, 3U);
        QCOMPARE(place.column, 6U);
        const std::vector<TextPlace> origins = map.lineOrigins(3);
        QCOMPARE(origins[1].line, 2U); // a line without mappings belongs to the one before
        QVERIFY(SourceMap::fromJson("not json").mappings().empty());
    }

    void flattensTheSyntaxTree()
    {
        const QByteArray text = QByteArrayLiteral("// comment\nlet a = f(1); /* c */ if (a) { b }");
        const SyntaxTree tree(text);
        QCOMPARE(tree.firstError(), noNode);
        QCOMPARE(tree[SyntaxTree::root()].type, NodeType::Program);
        const NodeIndex declaration = tree[SyntaxTree::root()].firstChild;
        QCOMPARE(tree[declaration].type, NodeType::LexicalDeclaration);
        const NodeIndex condition = tree[declaration].nextSibling;
        QCOMPARE(tree[condition].type, NodeType::IfStatement);
        QCOMPARE(tree.textOf(tree.child(condition, FieldName::Consequence)), QByteArrayView("{ b }"));
        const QByteArray broken = QByteArrayLiteral("let a = (;");
        QVERIFY(SyntaxTree(broken).firstError() != noNode);
    }
};

QTEST_APPLESS_MAIN(TextTest)
#include "TextTest.moc"
