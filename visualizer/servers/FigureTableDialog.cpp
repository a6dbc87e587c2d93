// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/FigureTableDialog.h"

#include "theme/Theme.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

FigureTableDialog *FigureTableDialog::open(QWidget &owner, Source source)
{
    auto *dialog = new FigureTableDialog(owner, std::move(source));
    dialog->show();
    dialog->view().setFocus();
    return dialog;
}

FigureTableDialog::FigureTableDialog(QWidget &owner, Source source)
    : QDialog(owner.window())
    , m_source(std::move(source))
    , m_model(new FigureTableModel(this))
    , m_sorted(new FigureSortModel(this))
    , m_view(new QTableView(this))
    , m_said(new QLabel(this))
    , m_refresh(new QPushButton(tr("&Refresh"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_sorted->setSourceModel(m_model);
    m_view->setModel(m_sorted);
    m_view->setSortingEnabled(true);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->installEventFilter(this);
    m_said->setObjectName(QStringLiteral("labFact"));
    m_said->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *buttons = new QDialogButtonBox(this);
    auto *copyButton = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    copyButton->setToolTip(tr("The chosen rows, or all, for other programs (Ctrl+C)"));
    buttons->addButton(m_refresh, QDialogButtonBox::ActionRole);
    m_refresh->setToolTip(tr("The figures as they are now"));
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    auto *below = new QHBoxLayout;
    below->addWidget(m_said, 1);
    below->addWidget(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_view, 1);
    layout->addLayout(below);
    connect(copyButton, &QPushButton::clicked, this, &FigureTableDialog::copy);
    connect(m_refresh, &QPushButton::clicked, this, &FigureTableDialog::refresh);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(&owner, &QObject::destroyed, this, [this] {
        m_source = nullptr;
        m_refresh->setEnabled(false);
    });
    refresh();
    m_view->sortByColumn(-1, Qt::AscendingOrder); // as the source has them, until a person sorts
    m_view->resizeColumnsToContents();
    int wide = m_view->frameWidth() * 2 + qRound(Theme::current().scaled(48));
    for (int column = 0; column < m_model->columnCount(); ++column)
        wide += m_view->columnWidth(column);
    const QSize room = owner.window()->size() * 9 / 10;
    resize(std::clamp(wide, std::min(room.width(), qRound(Theme::current().scaled(460))), room.width()),
        std::min(room.height(), qRound(Theme::current().scaled(420))));
}

void FigureTableDialog::refresh()
{
    if (!m_source)
        return;
    m_model->setTable(m_source());
    setWindowTitle(m_model->table().title);
    m_view->setAccessibleName(m_model->table().title);
    m_said->setText(tr("rows: %L1").arg(m_model->rowCount()));
    if (m_model->rowCount() > 0 && !m_view->currentIndex().isValid())
        m_view->selectionModel()->setCurrentIndex(m_sorted->index(0, 0), QItemSelectionModel::NoUpdate);
}

QString FigureTableDialog::copiedText() const
{
    QStringList lines{m_model->table().columns.join(u'\t')};
    const QItemSelectionModel &chosen = *m_view->selectionModel();
    for (int row = 0; row < m_sorted->rowCount(); ++row) {
        if (chosen.hasSelection() && !chosen.isRowSelected(row))
            continue;
        QStringList cells;
        for (int column = 0; column < m_sorted->columnCount(); ++column)
            cells << FigureTableModel::plainText(m_sorted->index(row, column).data(FigureTableModel::SortRole));
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n') + u'\n';
}

void FigureTableDialog::copy()
{
    const QString text = copiedText();
    QGuiApplication::clipboard()->setText(text);
    m_said->setText(tr("rows copied: %L1").arg(text.count(u'\n') - 1));
}

void FigureTableDialog::sortByCurrent()
{
    const int column = std::max(0, m_view->currentIndex().column());
    const QHeaderView &head = *m_view->horizontalHeader();
    // The greatest first, and the other way round the second time.
    const bool isSecond = head.sortIndicatorSection() == column && head.sortIndicatorOrder() == Qt::DescendingOrder;
    m_view->sortByColumn(column, isSecond ? Qt::AscendingOrder : Qt::DescendingOrder);
    m_view->scrollTo(m_view->currentIndex());
}

bool FigureTableDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const auto &key = *static_cast<QKeyEvent *>(event);
        if (key.matches(QKeySequence::Copy)) {
            copy();
            return true;
        }
        if (key.key() == Qt::Key_S && key.modifiers() == Qt::NoModifier) {
            sortByCurrent();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void FigureTableDialog::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else
        QDialog::keyPressEvent(event);
}

} // namespace loopscope
