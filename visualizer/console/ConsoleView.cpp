// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleView.h"

#include "console/ConsoleDelegate.h"
#include "console/ConsoleModel.h"
#include "console/ConsoleSearch.h"
#include "theme/Theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <numeric>

namespace loopscope {

namespace {

constexpr int kLinesCopied = 100'000;
constexpr qsizetype kToolTipLength = 2000; ///< characters

} // namespace

ConsoleView::ConsoleView(QWidget *parent)
    : RowView(parent)
    , m_search(new ConsoleSearch(this))
{
    setObjectName(QStringLiteral("consoleView"));
    setAccessibleName(tr("Console"));
    setToolTipDuration(-1);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    auto *delegate = new ConsoleDelegate(this);
    setItemDelegate(delegate);
    connect(this, &QListView::activated, this, &ConsoleView::choose);
    connect(verticalScrollBar(), &QAbstractSlider::actionTriggered, this,
        [this] { m_staysAtEnd = verticalScrollBar()->sliderPosition() >= verticalScrollBar()->maximum(); });
    connect(m_search, &ConsoleSearch::found, this, [this](int row) {
        m_staysAtEnd = false;
        setCurrentIndex(m_lines->index(row, 0));
    });
    connect(m_search, &ConsoleSearch::textChanged, this, [this, delegate] {
        delegate->setMarked(m_search->text());
        placeSearch();
        viewport()->update();
    });
    connect(m_search, &ConsoleSearch::closed, this, [this] { setFocus(Qt::OtherFocusReason); });
    connect(&Theme::current(), &Theme::changed, this, &ConsoleView::applyTheme);
    applyTheme();
}

void ConsoleView::applyTheme()
{
    const Theme &theme = Theme::current();
    setRowHeight(QFontMetrics(theme.font(Theme::TextRole::Code)).height() + qRound(theme.scaled(4)));
    setContentWidth(0);
    placeSearch();
}

void ConsoleView::setLines(ConsoleModel *lines)
{
    m_lines = lines;
    m_search->setModel(lines);
    setModel(lines);
    // The newest line stays in sight, unless the person looks at others.
    connect(lines, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_staysAtEnd)
            scrollToBottom();
    });
    connect(lines, &QAbstractItemModel::modelReset, this, [this] {
        m_staysAtEnd = true;
        setContentWidth(0);
    });
}

void ConsoleView::setEmptyHint(const QString &hint)
{
    m_emptyHint = hint;
    viewport()->update();
}

void ConsoleView::paintEvent(QPaintEvent *event)
{
    RowView::paintEvent(event);
    if (model() == nullptr || model()->rowCount() > 0 || m_emptyHint.isEmpty())
        return;
    QPainter painter(viewport());
    painter.setFont(Theme::current().font(Theme::TextRole::Words));
    painter.setPen(Theme::current().palette().faint);
    const int margin = qRound(Theme::current().scaled(12));
    painter.drawText(viewport()->rect().adjusted(margin, margin / 3, -margin, 0),
        static_cast<int>(Qt::AlignLeft | Qt::AlignTop) | static_cast<int>(Qt::TextWordWrap), m_emptyHint);
}

void ConsoleView::placeSearch()
{
    m_search->adjustSize();
    m_search->move(viewport()->geometry().right() - m_search->width() + 1, viewport()->geometry().top());
}

void ConsoleView::resizeEvent(QResizeEvent *event)
{
    RowView::resizeEvent(event);
    placeSearch();
    if (m_staysAtEnd)
        scrollToBottom();
}

bool ConsoleView::event(QEvent *event)
{
    // Ctrl+F belongs to whoever has the keyboard.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Find)) {
        event->accept();
        return true;
    }
    return RowView::event(event);
}

bool ConsoleView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip || m_lines == nullptr)
        return RowView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QModelIndex at = indexAt(help->pos());
    const QString text = at.isValid() ? at.data(Qt::DisplayRole).toString() : QString();
    const bool isCut = QFontMetrics(Theme::current().font(Theme::TextRole::Code)).horizontalAdvance(text) > viewport()->width();
    const QString fact = at.data(ConsoleModel::FactRole).toString();
    QToolTip::showText(help->globalPos(), isCut ? text.left(kToolTipLength) + QLatin1Char('\n') + fact : QString(), viewport());
    return true;
}

void ConsoleView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelected();
    } else if (event->matches(QKeySequence::Find)) {
        m_search->open(currentIndex().isValid() ? currentIndex().row() : firstVisibleRow());
    } else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        QScrollBar *bar = horizontalScrollBar();
        bar->setValue(bar->value() + (event->key() == Qt::Key_Left ? -1 : 1) * bar->pageStep() / 2);
    } else {
        RowView::keyPressEvent(event);
        m_staysAtEnd = isScrolledToBottom();
    }
}

void ConsoleView::mousePressEvent(QMouseEvent *event)
{
    const bool isPlain = event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier;
    m_pressedRow = isPlain ? indexAt(event->position().toPoint()).row() : -1;
    RowView::mousePressEvent(event);
}

void ConsoleView::mouseReleaseEvent(QMouseEvent *event)
{
    RowView::mouseReleaseEvent(event);
    // A click goes to the moment; dragging over lines, or Shift and Ctrl, only select.
    const QModelIndex at = indexAt(event->position().toPoint());
    if (at.isValid() && at.row() == std::exchange(m_pressedRow, -1))
        choose(at);
}

void ConsoleView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    QAction *selected = menu.addAction(tr("Copy the selected lines"));
    selected->setEnabled(selectionModel()->hasSelection());
    QAction *all = menu.addAction(tr("Copy all lines"));
    all->setEnabled(m_lines != nullptr && m_lines->rowCount() > 0);
    menu.addSeparator();
    QAction *find = menu.addAction(tr("Find…"));
    const QAction *chosen = menu.exec(event->globalPos());
    if (chosen == selected)
        copySelected();
    else if (chosen == all)
        copyAll();
    else if (chosen == find)
        m_search->open(firstVisibleRow());
}

void ConsoleView::copySelected() const
{
    int total = 0;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        total += range.height();
    copy(selectedRows(kLinesCopied), total);
}

void ConsoleView::copyAll() const
{
    QList<int> rows(std::min(m_lines->rowCount(), kLinesCopied));
    std::iota(rows.begin(), rows.end(), 0);
    copy(rows, m_lines->rowCount());
}

void ConsoleView::copy(const QList<int> &rows, int total) const
{
    if (rows.isEmpty())
        return;
    QStringList lines;
    for (const int row : rows)
        lines.append(m_lines->index(row, 0).data(ConsoleModel::WholeTextRole).toString());
    if (rows.size() < total)
        lines.append(tr("… and %L1 more").arg(total - rows.size()));
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')) + QLatin1Char('\n'));
}

void ConsoleView::choose(const QModelIndex &index)
{
    const QVariant event = index.data(ConsoleModel::EventRole);
    if (event.isValid())
        Q_EMIT eventChosen(event.value<quint64>());
}

} // namespace loopscope
