// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/Handout.h"

#include "lessons/AnswerChips.h"
#include "lessons/QuestionCard.h"

#include <QAbstractTextDocumentLayout>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextDocumentFragment>

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

constexpr int kDotsPerInch = 96; ///< the texts' pixels; PDF scales without loss
constexpr qreal kMargin = 18; ///< mm
constexpr qreal kFooter = 24; ///< px kept free below
constexpr int kAnswerLines = 4; ///< to write on, where a task is to be done on paper

const QString kBox = QStringLiteral("☐");

} // namespace

Handout::Handout(const Course &course, const Answers &answers, bool hasSolutions)
    : m_course(course)
    , m_answers(answers)
    , m_hasSolutions(hasSolutions)
    , m_look(TextLook::ofPaper())
{
}

QString Handout::ruleInWords(const QString &rule)
{
    const auto rules = QuestionCard::rulesInWords();
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const auto &each) { return each.first == rule; });
    return found != rules.end() ? found->second : rule;
}

void Handout::fill(QTextDocument &document) const
{
    document.clear();
    document.setDocumentMargin(0);
    document.setDefaultFont(m_look.words);
    QTextCursor cursor(&document);
    bool isFirst = true;
    for (const Lesson &lesson : m_course.lessons)
        addLesson(cursor, lesson, std::exchange(isFirst, false));
}

void Handout::addHead(QTextCursor &cursor, const QString &text, int level, bool isNewPage) const
{
    QTextBlockFormat block;
    block.setTopMargin(level == 1 ? 0 : 14);
    block.setBottomMargin(6);
    if (isNewPage)
        block.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore);
    QTextCharFormat words;
    words.setFontWeight(QFont::DemiBold);
    words.setProperty(QTextFormat::FontPixelSize, level == 1 ? 24 : level == 2 ? 17 : 14);
    words.setForeground(Qt::black);
    cursor.insertBlock(block, words);
    cursor.insertText(text, words);
}

void Handout::addLine(QTextCursor &cursor, const QString &html, qreal indent) const
{
    QTextBlockFormat block;
    block.setLeftMargin(indent);
    block.setBottomMargin(5);
    block.setLineHeight(130, QTextBlockFormat::ProportionalHeight);
    cursor.insertBlock(block, QTextCharFormat());
    cursor.insertHtml(html);
}

void Handout::addText(QTextCursor &cursor, const QString &markdown) const
{
    if (markdown.trimmed().isEmpty())
        return;
    QTextDocument text;
    setLessonMarkdown(text, markdown, m_look);
    // The first paragraph of what is inserted takes the format of the one it is put into.
    cursor.insertBlock(text.begin().blockFormat(), text.begin().charFormat());
    cursor.insertFragment(QTextDocumentFragment(&text));
}

void Handout::addScript(QTextCursor &cursor, const QString &path) const
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return;
    addLine(cursor, QStringLiteral("<b>%1</b>").arg(QFileInfo(path).fileName().toHtmlEscaped()));
    const QStringList lines = QString::fromUtf8(file.readAll()).trimmed().split(u'\n');
    const int digits = static_cast<int>(QString::number(lines.size()).size());
    QTextCharFormat code;
    code.setFontFamilies(m_look.code.families());
    code.setProperty(QTextFormat::FontPixelSize, m_look.code.pixelSize());
    code.setForeground(Qt::black);
    QTextCharFormat number = code;
    number.setForeground(m_look.colours.dim);
    QTextBlockFormat block;
    block.setLeftMargin(8);
    block.setLineHeight(120, QTextBlockFormat::ProportionalHeight);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        cursor.insertBlock(block, code);
        cursor.insertText(QStringLiteral("%1  ").arg(i + 1, digits), number);
        cursor.insertText(lines.at(i), code);
    }
    addLine(cursor, {});
}

void Handout::addBoxes(QTextCursor &cursor, const LessonQuestion &question, const QStringList &items) const
{
    const bool isChoice = question.ask == LessonQuestion::Ask::Choice;
    const bool isOrder = question.ask == LessonQuestion::Ask::Order;
    AnswerChips mixed; // the order given may be the answer
    mixed.ask(AnswerChips::Kind::One, items, !isChoice);
    const QString box = QStringLiteral("<span style=\"font-size:16px\">%1</span>&nbsp;&nbsp;").arg(kBox);
    if (isOrder || question.ask == LessonQuestion::Ask::Queue)
        addLine(cursor,
            QStringLiteral("<i>%1</i>")
                .arg((isOrder ? tr("Number them in their order.")
                              : tr("Number those that are in the queue, the first one 1; leave the others empty."))
                         .toHtmlEscaped()));
    for (const QString &item : mixed.items()) {
        const QString text = isChoice ? lineToHtml(item, m_look) : lineToHtml(u'`' + QString(item).remove(u'`') + u'`', m_look);
        addLine(cursor, box + text, 16);
    }
    if (question.ask != LessonQuestion::Ask::Next)
        return;
    addLine(cursor, tr("Because of which rule?").toHtmlEscaped());
    for (const auto &[name, words] : QuestionCard::rulesInWords())
        addLine(cursor, box + lineToHtml(words, m_look), 16);
}

void Handout::addQuestion(QTextCursor &cursor, const Lesson &lesson, const LessonQuestion &question, const QString &id) const
{
    const Answer answer = m_answers.value(key(lesson, id));
    addLine(cursor, QStringLiteral("<b>%1</b>").arg(lineToHtml(question.question, m_look)));
    addBoxes(cursor, question, answer.items);
    if (!m_hasSolutions)
        return;
    QStringList right;
    for (const QString &line : answer.right)
        right << lineToHtml(line, m_look);
    addLine(cursor, tr("<b>Answer</b> (from the run): %1").arg(right.join(QStringLiteral(" · "))));
    addText(cursor, question.explanation);
}

void Handout::addTask(QTextCursor &cursor, const LessonStep &step) const
{
    addLine(cursor, tr("<b>To do:</b> %1").arg(lineToHtml(step.task->task, m_look)));
    if (!m_hasSolutions) {
        for (int line = 0; line < kAnswerLines; ++line)
            addLine(cursor, QString(64, u'_'));
        return;
    }
    if (!step.task->solution.isEmpty()) {
        addLine(cursor, QStringLiteral("<b>%1</b>").arg(tr("A solution").toHtmlEscaped()));
        addScript(cursor, step.task->solution);
    }
    addText(cursor, step.explanation);
}

void Handout::addStep(QTextCursor &cursor, const Lesson &lesson, const LessonStep &step) const
{
    addHead(cursor, lineToPlain(step.title), 2);
    addText(cursor, step.text);
    if (step.question) {
        addScript(cursor, step.question->script);
        addQuestion(cursor, lesson, *step.question, step.id);
    } else if (step.task) {
        addScript(cursor, step.script);
        addTask(cursor, step);
    } else if (step.kind == LessonStep::Kind::Watch) {
        int number = 0;
        for (const WatchMoment &moment : step.moments)
            addLine(cursor, QStringLiteral("%1. %2").arg(++number).arg(lineToHtml(moment.text, m_look)), 16);
    }
    if (step.again != nullptr) {
        addHead(cursor, tr("Once more"), 3);
        addScript(cursor, step.again->script);
        addQuestion(cursor, lesson, *step.again, step.id + QStringLiteral(".again"));
    }
}

void Handout::addLesson(QTextCursor &cursor, const Lesson &lesson, bool isFirst) const
{
    addHead(cursor, lesson.title, 1, !isFirst);
    addLine(cursor, QStringLiteral("<i>%1</i>").arg(lineToHtml(lesson.goal, m_look)));
    addText(cursor, lesson.introduction);
    for (const LessonStep &step : lesson.steps)
        addStep(cursor, lesson, step);
}

QString Handout::writePdf(const QString &path) const
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return tr("%1 cannot be written: %2.").arg(QDir::toNativeSeparators(path), file.errorString());
    {
        QPdfWriter writer(&file);
        writer.setTitle(m_course.title);
        writer.setResolution(kDotsPerInch);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(kMargin, kMargin, kMargin, kMargin), QPageLayout::Millimeter);
        QTextDocument document;
        document.documentLayout()->setPaintDevice(&writer);
        fill(document);
        const QSizeF page(writer.width(), writer.height() - kFooter);
        document.setPageSize(page);
        m_pages = document.pageCount();
        QPainter painter(&writer);
        QFont small = m_look.words;
        small.setPixelSize(10);
        for (int number = 0; number < m_pages; ++number) {
            if (number > 0)
                writer.newPage();
            painter.save();
            painter.translate(0, -number * page.height());
            document.drawContents(&painter, QRectF(0, number * page.height(), page.width(), page.height()));
            painter.restore();
            painter.setFont(small);
            painter.setPen(m_look.colours.dim);
            const QRectF foot(0, page.height(), page.width(), kFooter);
            painter.drawText(
                foot, Qt::AlignLeft | Qt::AlignBottom, m_hasSolutions ? tr("%1 · with solutions").arg(m_course.title) : m_course.title);
            painter.drawText(foot, Qt::AlignRight | Qt::AlignBottom, tr("page %1 of %2").arg(number + 1).arg(m_pages));
        }
    }
    return file.commit() ? QString() : tr("%1 cannot be written: %2.").arg(QDir::toNativeSeparators(path), file.errorString());
}

} // namespace loopscope
