// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/TextLook.h"

#include "lessons/CodeColours.h"
#include "theme/Theme.h"

#include <QRegularExpression>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextList>
#include <QTextTable>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int kLineHeight = 135; ///< percent
constexpr int kCodeLineHeight = 125;
constexpr qreal kHeadings[] = {1.5, 1.25, 1.1}; ///< sizes by level, of the words'

bool isCode(const QTextBlock &block)
{
    return block.blockFormat().hasProperty(QTextFormat::BlockCodeFence) || block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage);
}

QString languageOf(const QTextBlock &block) { return block.blockFormat().stringProperty(QTextFormat::BlockCodeLanguage); }

void restyle(const QTextBlock &block, const QTextCharFormat &format)
{
    QTextCursor cursor(block);
    cursor.select(QTextCursor::BlockUnderCursor);
    cursor.mergeCharFormat(format);
}

QTextCharFormat codeFormat(const TextLook &look)
{
    QTextCharFormat format;
    format.setFontFamilies(look.code.families());
    format.setProperty(QTextFormat::FontPixelSize, look.code.pixelSize());
    format.setFontFixedPitch(true);
    return format;
}

void styleHeading(const QTextBlock &block, const TextLook &look)
{
    const auto level = std::clamp<std::size_t>(static_cast<std::size_t>(block.blockFormat().headingLevel()), 1, std::size(kHeadings));
    QTextCharFormat format;
    format.setProperty(QTextFormat::FontSizeAdjustment, 0);
    format.setProperty(QTextFormat::FontPixelSize, qRound(look.words.pixelSize() * kHeadings[level - 1]));
    format.setFontWeight(QFont::DemiBold);
    restyle(block, format);
}

/// Links, and inline code, which the importer marks by a font of one pitch.
void styleFragments(const QTextBlock &block, const TextLook &look)
{
    struct Part
    {
        int position;
        int length;
        QTextCharFormat format;
    };
    QList<Part> parts;
    for (auto each = block.begin(); !each.atEnd(); ++each) {
        const QTextCharFormat is = each.fragment().charFormat();
        QTextCharFormat format = is.fontFixedPitch() ? codeFormat(look) : QTextCharFormat();
        if (is.fontFixedPitch())
            format.setBackground(look.colours.chip);
        if (is.isAnchor())
            format.setForeground(look.colours.link);
        if (!format.isEmpty())
            parts.append({each.fragment().position(), each.fragment().length(), format});
    }
    for (const Part &part : std::as_const(parts)) {
        QTextCursor cursor(block);
        cursor.setPosition(part.position);
        cursor.setPosition(part.position + part.length, QTextCursor::KeepAnchor);
        cursor.mergeCharFormat(part.format);
    }
}

void styleBlock(const QTextBlock &block, const TextLook &look)
{
    QTextCursor cursor(block);
    QTextBlockFormat format = block.blockFormat();
    const bool isInTable = cursor.currentTable() != nullptr;
    format.setLineHeight(kLineHeight, QTextBlockFormat::ProportionalHeight);
    format.setTopMargin(isInTable || !block.previous().isValid() ? 0 : block.blockFormat().headingLevel() > 0 ? 14 * look.unit : 0);
    format.setBottomMargin(isInTable ? 0 : block.textList() != nullptr ? 3 * look.unit : 8 * look.unit);
    cursor.setBlockFormat(format);
    if (QTextList *list = block.textList(); list != nullptr && list->format().style() == QTextListFormat::ListCircle) {
        QTextListFormat dots = list->format();
        dots.setStyle(QTextListFormat::ListDisc);
        list->setFormat(dots);
    }
    if (format.headingLevel() > 0)
        styleHeading(block, look);
    styleFragments(block, look);
}

/// The lines from `first` to `last` are one piece of code: on a ground of their own.
void styleCode(QTextBlock first, const QTextBlock &last, const TextLook &look)
{
    const bool isScript = CodeColours::isKnown(languageOf(first));
    for (QTextBlock line = first; line.isValid(); line = line.next()) {
        QTextBlockFormat format = line.blockFormat();
        format.setLineHeight(kCodeLineHeight, QTextBlockFormat::ProportionalHeight);
        format.setTopMargin(0);
        format.setBottomMargin(0);
        format.setNonBreakableLines(false); // wrapped rather than cut in a narrow pane
        QTextCursor(line).setBlockFormat(format);
        QTextCharFormat characters = codeFormat(look);
        characters.setForeground(look.colours.text);
        restyle(line, characters);
        if (isScript)
            CodeColours::apply(line, look.colours);
        if (line == last)
            break;
    }
    QTextCursor cursor(first);
    cursor.setPosition(last.position() + last.length() - 1, QTextCursor::KeepAnchor);
    QTextFrameFormat ground;
    ground.setBackground(look.colours.field);
    ground.setBorder(1);
    ground.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    ground.setBorderBrush(look.colours.line);
    ground.setPadding(8 * look.unit);
    ground.setBottomMargin(10 * look.unit);
    cursor.insertFrame(ground);
}

void styleTables(QTextFrame *frame, const TextLook &look)
{
    for (QTextFrame *child : frame->childFrames()) {
        if (auto *table = qobject_cast<QTextTable *>(child)) {
            QTextTableFormat format = table->format();
            format.setBorder(1);
            format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
            format.setBorderBrush(look.colours.line);
            format.setBorderCollapse(true);
            format.setCellPadding(5 * look.unit);
            format.setCellSpacing(0);
            format.setBottomMargin(10 * look.unit);
            table->setFormat(format);
        }
        styleTables(child, look);
    }
}

/// Qt leaves empty paragraphs beside frames; they need no room.
void flattenEmptyBlocks(const QTextDocument &document)
{
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const QTextCursor cursor(block);
        if (!block.text().isEmpty() || cursor.currentTable() != nullptr || isCode(block))
            continue;
        QTextBlockFormat format;
        format.setLineHeight(1, QTextBlockFormat::FixedHeight);
        QTextCursor(block).setBlockFormat(format);
    }
}

const QRegularExpression &codeSpan()
{
    static const QRegularExpression pattern(QStringLiteral("`([^`]*)`"));
    return pattern;
}

} // namespace

TextLook TextLook::ofTheme()
{
    const Theme &theme = Theme::current();
    return {theme.font(Theme::TextRole::Words), theme.font(Theme::TextRole::Code), theme.palette(), theme.scaled(1)};
}

TextLook TextLook::ofPaper()
{
    TextLook look{Theme::current().font(Theme::TextRole::Words), Theme::current().font(Theme::TextRole::Code), Palette::light(), 1};
    look.words.setPixelSize(13);
    look.code.setPixelSize(12);
    look.colours.text = Qt::black;
    look.colours.window = Qt::white;
    look.colours.field = Qt::white;
    return look;
}

void setLessonMarkdown(QTextDocument &document, const QString &markdown, const TextLook &look)
{
    document.setDefaultFont(look.words);
    document.setMarkdown(markdown, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) | QTextDocument::MarkdownNoHTML);
    QTextCursor all(&document);
    all.select(QTextCursor::Document);
    QTextCharFormat ink;
    ink.setForeground(look.colours.text);
    all.mergeCharFormat(ink);
    QList<std::pair<QTextBlock, QTextBlock>> codes;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (!isCode(block)) {
            styleBlock(block, look);
        } else if (!codes.isEmpty() && codes.constLast().second.next() == block
            && languageOf(codes.constLast().second) == languageOf(block)) {
            codes.last().second = block;
        } else {
            codes.append({block, block});
        }
    }
    styleTables(document.rootFrame(), look);
    for (const auto &[first, last] : std::as_const(codes))
        styleCode(first, last, look);
    flattenEmptyBlocks(document);
}

QString lineToHtml(const QString &markdown, const TextLook &look)
{
    static const QRegularExpression strong(QStringLiteral("\\*\\*([^*]+)\\*\\*"));
    static const QRegularExpression emphasis(QStringLiteral("\\*([^*]+)\\*"));
    QString html;
    qsizetype done = 0;
    const auto addWords = [&](qsizetype end) {
        QString words = markdown.mid(done, end - done).toHtmlEscaped();
        words.replace(strong, QStringLiteral("<b>\\1</b>"));
        words.replace(emphasis, QStringLiteral("<i>\\1</i>"));
        html += words;
    };
    for (auto spans = codeSpan().globalMatch(markdown); spans.hasNext();) {
        const auto span = spans.next();
        addWords(span.capturedStart());
        html += QStringLiteral("<span style=\"font-family:'%1'; font-size:%2px\">%3</span>")
                    .arg(look.code.families().join(QStringLiteral("','")))
                    .arg(look.code.pixelSize())
                    .arg(span.captured(1).toHtmlEscaped());
        done = span.capturedEnd();
    }
    addWords(markdown.size());
    return html;
}

QString codeInMarkdown(const QString &text)
{
    // Longer than any row of backticks in it; what ends in one needs room.
    QString fence(QStringLiteral("`"));
    while (text.contains(fence))
        fence += u'`';
    const bool needsRoom = text.startsWith(u'`') || text.endsWith(u'`') || text.trimmed().isEmpty();
    QString inside = needsRoom ? u' ' + text + u' ' : text;
    inside.replace(u'|', QStringLiteral("\\|"));
    return fence + inside + fence;
}

QString lineToPlain(const QString &markdown)
{
    QTextDocument document;
    document.setMarkdown(markdown, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) | QTextDocument::MarkdownNoHTML);
    return document.toPlainText().trimmed();
}

} // namespace loopscope
