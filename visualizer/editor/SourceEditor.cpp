// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/SourceEditor.h"

#include "theme/Theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int kMarkMargin = 0;
constexpr int kNumberMargin = 1;

enum Marker : int { BreakpointMarker = 1, CurrentArrow = 2, CurrentBackground = 3, ErrorBackground = 4 };

constexpr int kErrorStyle = 200; ///< above the lexer's own (0 to 127)

/// Scintilla knows sizes in points only and takes a font in pixels for one of size -1.
QFont inPoints(QFont font, const QWidget &widget)
{
    font.setPointSizeF(font.pixelSize() * 72.0 / widget.logicalDpiY());
    return font;
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
    setMarginType(kMarkMargin, QsciScintilla::SymbolMargin);
    setMarginType(kNumberMargin, QsciScintilla::NumberMargin);
    setMarginSensitivity(kMarkMargin, true);
    setMarginSensitivity(kNumberMargin, true);
    for (int margin = 2; margin < 5; ++margin)
        setMarginWidth(margin, 0);
    setMarginMarkerMask(kMarkMargin, (1 << BreakpointMarker) | (1 << CurrentArrow));
    setMarginMarkerMask(kNumberMargin, 0);
    setAnnotationDisplay(QsciScintilla::AnnotationStandard);
    connect(this, &QsciScintilla::marginClicked, this, [this](int, int line, Qt::KeyboardModifiers) { toggleBreakpoint(line + 1); });
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
    setMarginBackgroundColor(kMarkMargin, p.field);
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
    setMarginWidth(kMarkMargin, qRound(Theme::current().scaled(20)));
    // A little air between the numbers and the text.
    SendScintilla(SCI_SETMARGINLEFT, 0UL, static_cast<long>(qRound(Theme::current().scaled(6))));
}

QSet<int> SourceEditor::breakpoints() const
{
    QSet<int> found;
    for (int line = markerFindNext(0, 1U << BreakpointMarker); line >= 0; line = markerFindNext(line + 1, 1U << BreakpointMarker))
        found.insert(line + 1);
    return found;
}

void SourceEditor::setBreakpoints(const QSet<int> &lines)
{
    markerDeleteAll(BreakpointMarker);
    for (const int line : lines)
        markerAdd(line - 1, BreakpointMarker);
    Q_EMIT breakpointsChanged();
}

void SourceEditor::toggleBreakpoint(int line)
{
    if (line < 1 || line > lines())
        return;
    if ((markersAtLine(line - 1) & (1U << BreakpointMarker)) != 0)
        markerDelete(line - 1, BreakpointMarker);
    else
        markerAdd(line - 1, BreakpointMarker);
    Q_EMIT breakpointsChanged();
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

void SourceEditor::showLine(int line)
{
    if (line < 1)
        return;
    const auto first = static_cast<int>(SendScintilla(SCI_GETFIRSTVISIBLELINE));
    const auto visible = static_cast<int>(SendScintilla(SCI_LINESONSCREEN));
    const auto shown = static_cast<int>(SendScintilla(SCI_VISIBLEFROMDOCLINE, static_cast<unsigned long>(line - 1)));
    if (shown < first + 1 || shown > first + visible - 2)
        setFirstVisibleLine(std::max(0, shown - visible / 2));
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

void SourceEditor::paintEvent(QPaintEvent *event)
{
    QsciScintilla::paintEvent(event);
    if (m_notes.isEmpty())
        return;
    // QScintilla 2.13 has no end-of-line annotations, so the notes are painted over its own picture, at the right edge.
    const Theme &theme = Theme::current();
    const QFont font = theme.font(Theme::TextRole::Fact);
    const QFontMetrics metrics(font);
    QPainter painter(viewport());
    painter.setFont(font);
    const auto height = static_cast<int>(SendScintilla(SCI_TEXTHEIGHT, 0UL));
    const int right = viewport()->width() - qRound(theme.scaled(8));
    const int gap = qRound(theme.scaled(12));
    for (auto note = m_notes.cbegin(); note != m_notes.cend(); ++note) {
        if (note.key() < 1 || note.key() > lines())
            continue;
        const long end = SendScintilla(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(note.key() - 1));
        const auto top = static_cast<int>(SendScintilla(SCI_POINTYFROMPOSITION, 0UL, end));
        if (top < -height || top > viewport()->height())
            continue;
        const int textEnd = static_cast<int>(SendScintilla(SCI_POINTXFROMPOSITION, 0UL, end)) + gap;
        const int room = right - std::max(textEnd, viewport()->width() / 3);
        if (room < gap * 2)
            continue;
        painter.setPen(note.key() == m_currentLine ? theme.palette().text : theme.palette().dim);
        painter.drawText(QRect(right - room, top, room, height), static_cast<int>(Qt::AlignRight | Qt::AlignVCenter),
            metrics.elidedText(note.value(), Qt::ElideRight, room));
    }
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
