// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "KeySheet.h"

#include "theme/Icons.h"
#include "theme/Theme.h"

#include <QAction>
#include <QFontMetricsF>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int kDotsPerInch = 300;
constexpr int kColumns = 3;
constexpr qreal kMargin = 10; ///< mm
constexpr qreal kGap = 7; ///< mm between columns
constexpr qreal kRowGap = 0.6; ///< mm
constexpr qreal kPointSize = 7.5;

QString plain(QString text) { return text.remove(QLatin1Char('&')).remove(QChar(0x2026)); }

/// Sets the sheet, column after column.
class PagePainter
{
public:
    explicit PagePainter(QPdfWriter &writer)
        : m_writer(writer)
        , m_painter(&writer)
        , m_dot(kDotsPerInch / 25.4)
        , m_page(QPointF(0, 0), QSizeF(writer.width(), writer.height()))
    {
        m_width = (m_page.width() - (kColumns - 1) * kGap * m_dot) / kColumns;
    }

    void add(const KeySheet::Section &section)
    {
        QFont bold = font(Theme::TextRole::Words, kPointSize + 1);
        bold.setBold(true);
        qreal keys = 0;
        for (const KeySheet::Row &row : section.rows)
            keys = std::max(keys, QFontMetricsF(keyFont(), &m_writer).horizontalAdvance(row.key));
        keys += 4 * m_dot;
        // A title does not stand alone at the foot of a column.
        const qreal title = QFontMetricsF(bold, &m_writer).height() + kRowGap * m_dot;
        makeRoom(title + (section.rows.isEmpty() ? 0 : heightOf(section.rows.constFirst(), keys)));
        m_painter.setFont(bold);
        m_painter.setPen(Qt::black);
        m_painter.drawText(QRectF(left(), m_top, m_width, title), Qt::AlignLeft | Qt::AlignTop, section.title);
        m_top += title;
        for (const KeySheet::Row &row : section.rows)
            add(row, keys);
        m_top += 3 * m_dot;
    }

private:
    static QFont font(Theme::TextRole role, qreal points)
    {
        QFont font = Theme::current().font(role);
        font.setPointSizeF(points);
        return font;
    }
    static QFont keyFont() { return font(Theme::TextRole::Code, kPointSize); }

    qreal left() const { return m_column * (m_width + kGap * m_dot); }
    qreal heightOf(const KeySheet::Row &row, qreal keys)
    {
        m_painter.setFont(font(Theme::TextRole::Words, kPointSize));
        const QRectF room(0, 0, m_width - keys, m_page.height());
        return m_painter.boundingRect(room, Qt::AlignLeft | Qt::TextWordWrap, row.text).height() + kRowGap * m_dot;
    }
    void makeRoom(qreal height)
    {
        if (m_top + height <= m_page.bottom())
            return;
        m_top = 0;
        m_column = (m_column + 1) % kColumns;
        if (m_column == 0)
            m_writer.newPage();
    }
    void add(const KeySheet::Row &row, qreal keys)
    {
        const qreal height = heightOf(row, keys);
        makeRoom(height);
        const Palette palette = Palette::light();
        const qreal line = QFontMetricsF(keyFont(), &m_writer).height();
        const QRectF cap(left(), m_top, QFontMetricsF(keyFont(), &m_writer).horizontalAdvance(row.key) + 2 * m_dot, line);
        if (row.hue != Hue::Structure) {
            drawKind(m_painter, QRectF(cap.topLeft(), QSizeF(line, line)), row.hue, palette.hueText(row.hue));
        } else {
            m_painter.setPen(QPen(palette.line, m_dot * 0.2));
            if (!row.isNow)
                m_painter.drawRoundedRect(cap, m_dot * 0.6, m_dot * 0.6);
            m_painter.setFont(keyFont());
            m_painter.setPen(row.isNow ? palette.nowText : QColor(Qt::black));
            m_painter.drawText(cap, Qt::AlignCenter, row.key);
        }
        m_painter.setFont(font(Theme::TextRole::Words, kPointSize));
        m_painter.setPen(Qt::black);
        m_painter.drawText(QRectF(left() + keys, m_top, m_width - keys, height), Qt::AlignLeft | Qt::TextWordWrap, row.text);
        m_top += height;
    }

    QPdfWriter &m_writer;
    QPainter m_painter;
    qreal m_dot; ///< a millimetre
    QRectF m_page;
    qreal m_width = 0; ///< of a column
    qreal m_top = 0;
    int m_column = 0;
};

} // namespace

QList<KeySheet::Section> KeySheet::sections(const QMenuBar &menus)
{
    QList<Section> sections;
    for (const QAction *top : menus.actions()) {
        QList<Row> rows;
        for (const QAction *action : top->menu()->actions()) {
            if (!action->shortcut().isEmpty())
                rows.append({action->shortcut().toString(QKeySequence::NativeText), plain(action->text())});
        }
        if (!rows.isEmpty())
            sections.append({plain(top->text()), rows});
    }
    sections.append({tr("In the views"), viewRows()});
    sections.append({tr("In the timeline"), timelineRows()});
    sections.append({tr("In the flame graph (Profile)"), flameRows()});
    sections.append({tr("In lessons"), lessonRows()});
    sections.append({tr("Colours, the same in every view"), kindRows()});
    return sections;
}

QString KeySheet::writePdf(const QList<Section> &sections, const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return tr("%1 cannot be written: %2.").arg(path, file.errorString());
    {
        QPdfWriter writer(&file);
        writer.setTitle(tr("Keys of Loopscope"));
        writer.setResolution(kDotsPerInch);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageOrientation(QPageLayout::Landscape);
        writer.setPageMargins(QMarginsF(kMargin, kMargin, kMargin, kMargin), QPageLayout::Millimeter);
        PagePainter painter(writer);
        for (const Section &section : sections)
            painter.add(section);
    }
    return file.commit() ? QString() : tr("%1 cannot be written: %2.").arg(path, file.errorString());
}

QList<KeySheet::Row> KeySheet::viewRows()
{
    const auto key = [](int combined) { return QKeySequence(combined).toString(QKeySequence::NativeText); };
    return {
        {key(Qt::Key_Tab), tr("To the next control (in the editor: indent)")},
        {tr("Arrows"), tr("In the timeline and in the event list: to that moment")},
        {tr("Arrows"), tr("In the comparison: to that moment")},
        {key(static_cast<int>(Qt::CTRL) | Qt::Key_C), tr("Copy the line of the event list or the comparison")},
        {key(Qt::Key_Escape), tr("In the filter: show all events")},
        {tr("Click"), tr("In the margin of the source: breakpoint")},
        {tr("Arrows"), tr("In the loop: to the next chip; Enter shows its source")},
        {tr("Click"), tr("On a chip: why it waits")},
        {tr("Double click"), tr("On a chip or a call: its place in the source")},
    };
}

QList<KeySheet::Row> KeySheet::timelineRows()
{
    const auto key = [](int combined) { return QKeySequence(combined).toString(QKeySequence::NativeText); };
    const QString sideways = tr("%1, %2").arg(key(Qt::Key_Left), key(Qt::Key_Right));
    return {
        {tr("+, -, 0"), tr("Closer, farther, the whole; also Ctrl and the wheel")},
        {tr("Shift+%1").arg(sideways), tr("Move what is shown; also the wheel")},
        {tr("%1, %2").arg(key(Qt::Key_Up), key(Qt::Key_Down)), tr("To another track")},
        {tr("Ctrl+%1").arg(sideways), tr("To the next bar of the track")},
        {key(Qt::Key_Return), tr("Show the chosen bar alone; also a double click")},
        {key(Qt::Key_S), tr("The chosen bar's place in the source")},
        {key(Qt::Key_A), tr("The axis is time, or events")},
        {tr("F, N, Shift+N"), tr("Find a name; to the next, to the one before")},
        {key(Qt::Key_M), tr("Measure from the cursor; also Shift and the mouse")},
        {key(Qt::Key_U), tr("Show all rows of the track, or fewer")},
    };
}

QList<KeySheet::Row> KeySheet::flameRows()
{
    const auto key = [](int combined) { return QKeySequence(combined).toString(QKeySequence::NativeText); };
    return {
        {tr("%1, %2").arg(key(Qt::Key_Up), key(Qt::Key_Down)), tr("To the caller, to the longest callee")},
        {tr("%1, %2").arg(key(Qt::Key_Left), key(Qt::Key_Right)), tr("To the frame beside it")},
        {key(Qt::Key_Return), tr("Zoom to the frame; also a double click")},
        {tr("+, -, 0"), tr("Closer, farther, the whole; also the wheel and %1").arg(key(Qt::Key_Escape))},
        {tr("Shift+wheel"), tr("Move sideways, or drag; Ctrl+wheel scrolls")},
        {key(Qt::Key_Space), tr("The frame's place in the source")},
        {key(Qt::Key_T), tr("Merged, or in the order of time")},
    };
}

QList<KeySheet::Row> KeySheet::lessonRows()
{
    const auto key = [](int combined) { return QKeySequence(combined).toString(QKeySequence::NativeText); };
    return {
        {tr("Alt+%1, %2").arg(key(Qt::Key_Up), key(Qt::Key_Down)), tr("Move the chip of an answer; also with the mouse")},
        {key(Qt::Key_Space), tr("Into the queue and out of it; choose an answer")},
        {key(Qt::Key_Return), tr("Hand the answer in")},
    };
}

QList<KeySheet::Row> KeySheet::kindRows()
{
    return {
        {{}, tr("the script and its calls"), Hue::Script},
        {{}, tr("process.nextTick"), Hue::Tick},
        {{}, tr("promises and microtasks"), Hue::Microtask},
        {{}, tr("timers"), Hue::Timers},
        {{}, tr("poll: files, network, the thread pool"), Hue::Poll},
        {{}, tr("check: setImmediate"), Hue::Check},
        {{}, tr("closing callbacks"), Hue::Closing},
        {QStringLiteral("▶"), tr("yellow: now, and nothing else"), Hue::Structure, true},
    };
}

} // namespace loopscope
