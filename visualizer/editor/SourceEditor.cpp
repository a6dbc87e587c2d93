// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/SourceEditor.h"

#include "shell/Format.h"
#include "theme/Theme.h"

#include <QFontMetrics>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QPixmap>
#include <QToolTip>

#include <algorithm>
#include <cctype>

namespace loopscope {

namespace {

constexpr int kHeatMargin = 0;
constexpr int kMarkMargin = 1;
constexpr int kNumberMargin = 2;
constexpr int kFoundIndicator = 9; ///< above the lexers' own

enum Marker : int {
    BreakpointMarker = 1,
    NextArrow = 2,
    CurrentArrow = 3,
    CurrentBackground = 4,
    ErrorBackground = 5,
    ConditionMarker = 6
};
constexpr unsigned kBreakpointMask = (1U << BreakpointMarker) | (1U << ConditionMarker);

constexpr int kErrorStyle = 200; ///< above the lexer's own (0 to 127)

/// Scintilla knows sizes in points only and takes a font in pixels for one of size -1.
QFont inPoints(QFont font, const QWidget &widget)
{
    font.setPointSizeF(font.pixelSize() * 72.0 / widget.logicalDpiY());
    return font;
}

/// An arrow that is drawn in outline only: what comes next, beside the filled one of what runs.
QPixmap hollowArrow(const QColor &colour, qreal size, qreal pixelRatio)
{
    QPixmap pixmap(QSize(qRound(size), qRound(size)) * pixelRatio);
    pixmap.setDevicePixelRatio(pixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, std::max(1.0, size / 8), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const qreal edge = size / 6;
    painter.drawPolygon(QPolygonF({{edge * 2, edge}, {size - edge, size / 2}, {edge * 2, size - edge}}));
    return pixmap;
}

/// A breakpoint with a condition: the circle with a question mark in it.
QPixmap questionedCircle(const QColor &colour, const QColor &ink, qreal size, qreal pixelRatio)
{
    QPixmap pixmap(QSize(qRound(size), qRound(size)) * pixelRatio);
    pixmap.setDevicePixelRatio(pixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const QRectF circle(0.5, 0.5, size - 1, size - 1);
    painter.drawEllipse(circle);
    QFont font = Theme::current().font(Theme::TextRole::Strong);
    font.setPixelSize(qRound(size * 0.8));
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(circle, Qt::AlignCenter, QStringLiteral("?"));
    return pixmap;
}

/// QScintilla knows ES2015's words at most.
class ModernJavaScriptLexer : public QsciLexerJavaScript
{
public:
    using QsciLexerJavaScript::QsciLexerJavaScript;
    const char *keywords(int set) const override
    {
        if (set == 1)
            return "async await break case catch class const continue debugger default delete do else export extends false finally for "
                   "from "
                   "function get if import in instanceof let new null of return set static super switch this throw true try typeof "
                   "undefined var void while with yield";
        if (set == 4)
            return "Promise setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask process console "
                   "require module exports globalThis";
        return QsciLexerJavaScript::keywords(set);
    }
};

} // namespace

SourceEditor::SourceEditor(QWidget *parent)
    : QsciScintilla(parent)
    , m_lexer(new ModernJavaScriptLexer(this))
{
    setObjectName(QStringLiteral("sourceEditor"));
    setAccessibleName(tr("Script"));
    setUtf8(true);
    setLexer(m_lexer);
    setFrameShape(QFrame::NoFrame);
    setTabWidth(2);
    setIndentationsUseTabs(false);
    setAutoIndent(true);
    setBraceMatching(QsciScintilla::SloppyBraceMatch);
    setScrollWidth(1);
    setScrollWidthTracking(true);
    setEolMode(QsciScintilla::EolUnix);
    setMarginsFont(font());
    setMarginType(kHeatMargin, QsciScintilla::SymbolMargin);
    setMarginType(kMarkMargin, QsciScintilla::SymbolMargin);
    setMarginType(kNumberMargin, QsciScintilla::NumberMargin);
    setMarginSensitivity(kMarkMargin, true);
    setMarginSensitivity(kNumberMargin, true);
    for (int margin = kNumberMargin + 1; margin < 5; ++margin)
        setMarginWidth(margin, 0);
    setMarginMarkerMask(kHeatMargin, 0);
    setMarginMarkerMask(kMarkMargin, static_cast<int>(kBreakpointMask) | (1 << NextArrow) | (1 << CurrentArrow));
    indicatorDefine(QsciScintilla::FullBoxIndicator, kFoundIndicator);
    setIndicatorDrawUnder(true, kFoundIndicator);
    setMarginMarkerMask(kNumberMargin, 0);
    setAnnotationDisplay(QsciScintilla::AnnotationStandard);
    connect(this, &QsciScintilla::marginClicked, this, [this](int, int line, Qt::KeyboardModifiers) { toggleBreakpoint(line + 1); });
    connect(
        this, &QsciScintilla::marginRightClicked, this, [this](int, int line, Qt::KeyboardModifiers) { Q_EMIT conditionAsked(line + 1); });
    connect(this, &QsciScintilla::linesChanged, this, &SourceEditor::fitMargins);
    connect(this, &QsciScintilla::textChanged, this, [this] {
        if (m_errorLine != 0)
            setErrorLine(0, {});
    });
    connect(&Theme::current(), &Theme::changed, this, &SourceEditor::applyTheme);
    applyTheme();
}

SourceEditor::~SourceEditor() { disconnect(&Theme::current(), nullptr, this, nullptr); }

void SourceEditor::applyTheme()
{
    const Palette &p = Theme::current().palette();
    const QFont code = inPoints(Theme::current().font(Theme::TextRole::Code), *this);
    m_lexer->setDefaultFont(code);
    m_lexer->setDefaultPaper(p.field);
    m_lexer->setDefaultColor(p.text);
    m_lexer->setFont(code);
    m_lexer->setPaper(p.field);
    m_lexer->setColor(p.text);
    using L = QsciLexerJavaScript;
    for (const int style : {L::Comment, L::CommentLine, L::CommentDoc, L::CommentLineDoc, L::PreProcessorComment})
        m_lexer->setColor(p.comment, style);
    m_lexer->setColor(p.keyword, L::Keyword);
    m_lexer->setColor(p.functionName, L::KeywordSet2);
    m_lexer->setColor(p.functionName, L::GlobalClass);
    m_lexer->setColor(p.numberLiteral, L::Number);
    for (const int style : {L::DoubleQuotedString, L::SingleQuotedString, L::RawString, L::Regex, L::UnclosedString})
        m_lexer->setColor(p.stringLiteral, style);
    for (const int style : {L::UnclosedString, L::VerbatimString})
        m_lexer->setEolFill(false, style);

    setColor(p.text);
    setPaper(p.field);
    setCaretForegroundColor(p.text);
    setCaretLineVisible(false);
    setSelectionBackgroundColor(p.accent);
    setSelectionForegroundColor(p.accentText);
    setMatchedBraceBackgroundColor(p.chip);
    setMatchedBraceForegroundColor(p.text);
    setMarginsBackgroundColor(p.field);
    setMarginsForegroundColor(p.faint);
    setMarginBackgroundColor(kHeatMargin, p.field);
    setMarginBackgroundColor(kMarkMargin, p.field);
    QColor found = p.link;
    found.setAlpha(p.isDark ? 110 : 70);
    setIndicatorForegroundColor(found, kFoundIndicator);
    setMarginsFont(code);
    setExtraAscent(qRound(Theme::current().scaled(2)));
    setExtraDescent(qRound(Theme::current().scaled(2)));

    SendScintilla(SCI_STYLESETFORE, kErrorStyle, p.error);
    SendScintilla(SCI_STYLESETBACK, kErrorStyle, p.errorFill);
    const QFont fact = inPoints(Theme::current().font(Theme::TextRole::Fact), *this);
    SendScintilla(SCI_STYLESETFONT, static_cast<unsigned long>(kErrorStyle), fact.families().constFirst().toUtf8().constData());
    SendScintilla(SCI_STYLESETSIZEFRACTIONAL, static_cast<unsigned long>(kErrorStyle), static_cast<long>(qRound(fact.pointSizeF() * 100)));
    applyMarkers();
    fitMargins();
    viewport()->update();
}

void SourceEditor::applyMarkers()
{
    const Palette &p = Theme::current().palette();
    markerDefine(QsciScintilla::Circle, BreakpointMarker);
    setMarkerForegroundColor(p.breakpoint, BreakpointMarker);
    setMarkerBackgroundColor(p.breakpoint, BreakpointMarker);
    markerDefine(QsciScintilla::RightTriangle, CurrentArrow);
    setMarkerForegroundColor(p.nowText, CurrentArrow);
    setMarkerBackgroundColor(p.now, CurrentArrow);
    markerDefine(questionedCircle(p.breakpoint, p.field, Theme::current().scaled(14), devicePixelRatioF()), ConditionMarker);
    markerDefine(hollowArrow(p.dim, Theme::current().scaled(11), devicePixelRatioF()), NextArrow);
    markerDefine(QsciScintilla::Background, CurrentBackground);
    setMarkerBackgroundColor(p.nowFill, CurrentBackground);
    markerDefine(QsciScintilla::Background, ErrorBackground);
    setMarkerBackgroundColor(p.errorFill, ErrorBackground);
}

void SourceEditor::fitMargins()
{
    const int digits = std::max(2, static_cast<int>(QString::number(lines()).size()));
    setMarginWidth(
        kNumberMargin, QFontMetrics(Theme::current().font(Theme::TextRole::Code)).horizontalAdvance(QString(digits + 1, QLatin1Char('9'))));
    setMarginWidth(kHeatMargin, qRound(Theme::current().scaled(8)));
    setMarginWidth(kMarkMargin, qRound(Theme::current().scaled(20)));
    // A little air between the numbers and the text.
    SendScintilla(SCI_SETMARGINLEFT, 0UL, static_cast<long>(qRound(Theme::current().scaled(6))));
}

LineBreakpoints SourceEditor::breakpoints() const
{
    LineBreakpoints found;
    for (int line = markerFindNext(0, kBreakpointMask); line >= 0; line = markerFindNext(line + 1, kBreakpointMask))
        found.insert(line + 1, condition(line + 1));
    return found;
}

void SourceEditor::setBreakpoints(const LineBreakpoints &breakpoints)
{
    markerDeleteAll(BreakpointMarker);
    markerDeleteAll(ConditionMarker);
    m_conditions.clear();
    for (auto line = breakpoints.cbegin(); line != breakpoints.cend(); ++line)
        addBreakpoint(line.key(), line.value());
    Q_EMIT breakpointsChanged();
}

void SourceEditor::toggleBreakpoint(int line)
{
    if (line < 1 || line > lines())
        return;
    if (hasBreakpoint(line))
        removeBreakpoint(line);
    else
        addBreakpoint(line, {});
    Q_EMIT breakpointsChanged();
}

void SourceEditor::setCondition(int line, const QString &condition)
{
    if (line < 1 || line > lines())
        return;
    removeBreakpoint(line);
    addBreakpoint(line, condition);
    Q_EMIT breakpointsChanged();
}

QString SourceEditor::condition(int line) const
{
    for (auto each = m_conditions.cbegin(); each != m_conditions.cend(); ++each) {
        if (markerLine(each.key()) == line - 1)
            return each.value();
    }
    return {};
}

bool SourceEditor::hasBreakpoint(int line) const { return (markersAtLine(line - 1) & kBreakpointMask) != 0; }

void SourceEditor::addBreakpoint(int line, const QString &condition)
{
    const int handle = markerAdd(line - 1, condition.isEmpty() ? BreakpointMarker : ConditionMarker);
    if (!condition.isEmpty())
        m_conditions.insert(handle, condition);
}

void SourceEditor::removeBreakpoint(int line)
{
    m_conditions.removeIf([this, line](const auto &each) { return markerLine(each.key()) == line - 1; });
    markerDelete(line - 1, BreakpointMarker);
    markerDelete(line - 1, ConditionMarker);
}

void SourceEditor::setCurrentLine(int line)
{
    markerDeleteAll(CurrentArrow);
    markerDeleteAll(CurrentBackground);
    m_currentLine = line;
    if (line < 1 || line > lines())
        return;
    markerAdd(line - 1, CurrentArrow);
    markerAdd(line - 1, CurrentBackground);
    showLine(line);
}

void SourceEditor::setNextLine(int line)
{
    if (line == m_nextLine && line == 0)
        return;
    markerDeleteAll(NextArrow);
    m_nextLine = line;
    // On the current line its own arrow says enough.
    if (line >= 1 && line <= lines() && line != m_currentLine)
        markerAdd(line - 1, NextArrow);
}

void SourceEditor::showLine(int line)
{
    if (line < 1)
        return;
    const auto first = static_cast<int>(SendScintilla(SCI_GETFIRSTVISIBLELINE));
    const auto visible = static_cast<int>(SendScintilla(SCI_LINESONSCREEN));
    const auto shown = static_cast<int>(SendScintilla(SCI_VISIBLEFROMDOCLINE, static_cast<unsigned long>(line - 1)));
    // Near lines by as little as it takes, so that a loop over a screenful of lines does not throw the text up and down.
    const int below = shown - (first + visible - 2);
    const int above = first + 1 - shown;
    if (std::max(below, above) > visible / 2)
        setFirstVisibleLine(std::max(0, shown - visible / 2));
    else if (below > 0)
        setFirstVisibleLine(first + below);
    else if (above > 0)
        setFirstVisibleLine(std::max(0, first - above));
}

void SourceEditor::yieldKeys(const QList<QKeySequence> &keys)
{
    for (const QKeySequence &sequence : keys) {
        if (sequence.count() != 1)
            continue;
        const int key = sequence[0].toCombined();
        while (QsciCommand *command = standardCommands()->boundTo(key)) {
            if (command->key() == key)
                command->setKey(0);
            else
                command->setAlternateKey(0);
        }
    }
}

int SourceEditor::caretLine() const
{
    int line = 0;
    int column = 0;
    getCursorPosition(&line, &column);
    return line + 1;
}

void SourceEditor::setLineNotes(const QHash<int, QString> &notes)
{
    m_notes = notes;
    viewport()->update();
}

void SourceEditor::setLineChanges(const QHash<int, QString> &changes)
{
    if (m_changes == changes)
        return;
    m_changes = changes;
    viewport()->update();
}

void SourceEditor::setLineTimes(const QHash<int, LineTime> &lines, quint64 total, bool isWhole)
{
    m_lineTimes = lines;
    m_totalTime = total;
    m_timesAreWhole = isWhole;
    m_longestLine = 0;
    for (const LineTime &line : lines)
        m_longestLine = std::max(m_longestLine, line.time);
    viewport()->update();
}

QString SourceEditor::lineTimeText(int line) const
{
    const auto found = m_lineTimes.constFind(line);
    if (found == m_lineTimes.cend())
        return {};
    const double share = m_totalTime > 0 ? 100.0 * static_cast<double>(found->time) / static_cast<double>(m_totalTime) : 0.0;
    const QString often = found->count == 1 ? tr("once") : tr("%L1 times").arg(found->count);
    return (m_timesAreWhole
            ? tr("In the whole recording line %1 ran %2 and took %3, %4 % of all lines' time.\nCalls that it made are not counted.")
            : tr("Up to the cursor line %1 ran %2 and took %3, %4 % of all lines' time.\nCalls that it made are not counted."))
        .arg(line)
        .arg(often, formatTime(found->time), QLocale().toString(share, 'f', share < 10 ? 1 : 0));
}

void SourceEditor::markFound(const QString &text, bool tellsCase)
{
    const auto length = static_cast<unsigned long>(SendScintilla(SCI_GETLENGTH));
    SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(kFoundIndicator));
    SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, static_cast<long>(length));
    m_found.clear();
    const QByteArray wanted = text.toUtf8();
    if (wanted.isEmpty())
        return;
    SendScintilla(SCI_SETSEARCHFLAGS, static_cast<unsigned long>(tellsCase ? SCFIND_MATCHCASE : 0));
    for (unsigned long from = 0; from < length;) {
        SendScintilla(SCI_SETTARGETSTART, from);
        SendScintilla(SCI_SETTARGETEND, length);
        const long start = SendScintilla(SCI_SEARCHINTARGET, static_cast<unsigned long>(wanted.size()), wanted.constData());
        const long end = SendScintilla(SCI_GETTARGETEND);
        if (start < 0 || end <= start)
            break;
        m_found.emplace_back(start, end);
        SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(start), end - start);
        from = static_cast<unsigned long>(end);
    }
}

int SourceEditor::foundPlace() const
{
    const long start = SendScintilla(SCI_GETSELECTIONSTART);
    const long end = SendScintilla(SCI_GETSELECTIONEND);
    const auto place = std::find(m_found.begin(), m_found.end(), std::pair(start, end));
    return place == m_found.end() ? 0 : static_cast<int>(place - m_found.begin()) + 1;
}

void SourceEditor::selectFound(Toward toward)
{
    if (m_found.empty())
        return;
    const long start = SendScintilla(SCI_GETSELECTIONSTART);
    auto place = std::lower_bound(m_found.begin(), m_found.end(), std::pair(start, 0L));
    if (toward == Toward::Next)
        place = std::upper_bound(m_found.begin(), m_found.end(), std::pair(start, SendScintilla(SCI_GETSELECTIONEND)));
    else if (toward == Toward::Previous)
        place = place == m_found.begin() ? std::prev(m_found.end()) : std::prev(place);
    if (place == m_found.end())
        place = m_found.begin();
    SendScintilla(SCI_SETSEL, static_cast<unsigned long>(place->first), place->second);
    showLine(caretLine());
}

int SourceEditor::lineAtHeight(int y) const
{
    const auto height = static_cast<int>(SendScintilla(SCI_TEXTHEIGHT, 0UL));
    const auto first = SendScintilla(SCI_GETFIRSTVISIBLELINE);
    const long line = SendScintilla(SCI_DOCLINEFROMVISIBLE, static_cast<unsigned long>(first + y / std::max(1, height)));
    return line < lines() ? static_cast<int>(line) + 1 : 0;
}

void SourceEditor::paintEvent(QPaintEvent *event)
{
    QsciScintilla::paintEvent(event);
    if (m_notes.isEmpty() && m_longestLine == 0)
        return;
    QPainter painter(viewport());
    paintLineTimes(painter);
    paintNotes(painter);
    paintChanges(painter);
}

QString SourceEditor::nameAt(long position) const
{
    const auto isPart = [this](long at) {
        const auto character = static_cast<unsigned char>(SendScintilla(SCI_GETCHARAT, static_cast<unsigned long>(at)));
        return character >= 0x80 || character == '_' || character == '$' || (std::isalnum(character) != 0);
    };
    const long length = SendScintilla(SCI_GETLENGTH);
    if (position < 0 || position >= length || !isPart(position))
        return {};
    long start = position;
    while (start > 0 && isPart(start - 1))
        --start;
    long end = position;
    while (end < length && isPart(end))
        ++end;
    if (start > 0 && SendScintilla(SCI_GETCHARAT, static_cast<unsigned long>(start - 1)) == '.'
        && (start < 2 || SendScintilla(SCI_GETCHARAT, static_cast<unsigned long>(start - 2)) != '.'))
        return {};
    return text(static_cast<int>(start), static_cast<int>(end));
}

QString SourceEditor::marginText(int line) const
{
    QStringList parts;
    if (const QString when = condition(line); !when.isEmpty())
        parts.append(tr("Stops only if  %1\nTold while the script runs; in what is recorded the line is passed.").arg(when));
    else if (hasBreakpoint(line))
        parts.append(tr("Breakpoint. The right button gives it a condition."));
    if (const QString time = lineTimeText(line); !time.isEmpty())
        parts.append(time);
    return parts.join(QLatin1Char('\n'));
}

void SourceEditor::showHoverAtCaret()
{
    const long position = SendScintilla(SCI_GETCURRENTPOS);
    QString name = nameAt(position);
    if (name.isEmpty() && position > 0)
        name = nameAt(position - 1); // behind its last letter
    const QString words = m_hoverText && !name.isEmpty() ? m_hoverText(name, caretLine()) : QString();
    const QPoint place(static_cast<int>(SendScintilla(SCI_POINTXFROMPOSITION, 0UL, position)),
        static_cast<int>(SendScintilla(SCI_POINTYFROMPOSITION, 0UL, position) + SendScintilla(SCI_TEXTHEIGHT, 0UL)));
    QToolTip::showText(viewport()->mapToGlobal(place), words, viewport());
}

bool SourceEditor::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QsciScintilla::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QPoint place = help->pos();
    const int margins = marginWidth(kHeatMargin) + marginWidth(kMarkMargin) + marginWidth(kNumberMargin);
    QString words;
    if (place.x() < margins) {
        words = marginText(lineAtHeight(place.y()));
    } else if (m_hoverText) {
        const long position =
            SendScintilla(SCI_POSITIONFROMPOINTCLOSE, static_cast<unsigned long>(place.x()), static_cast<long>(place.y()));
        if (const QString name = nameAt(position); !name.isEmpty())
            words = m_hoverText(name, lineAtHeight(place.y()));
    }
    if (words.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), words, viewport());
    return true;
}

void SourceEditor::setErrorLine(int line, const QString &reason)
{
    markerDeleteAll(ErrorBackground);
    clearAnnotations();
    m_errorLine = 0;
    if (line < 1 || line > lines())
        return;
    markerAdd(line - 1, ErrorBackground);
    const QByteArray text = reason.toUtf8();
    SendScintilla(SCI_ANNOTATIONSETTEXT, static_cast<unsigned long>(line - 1), text.constData());
    SendScintilla(SCI_ANNOTATIONSETSTYLE, static_cast<unsigned long>(line - 1), static_cast<long>(kErrorStyle));
    m_errorLine = line;
    showLine(line);
}

} // namespace loopscope
