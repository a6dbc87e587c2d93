// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/SourceCostPage.h"

#include "analysis/profiler/ProfileText.h"
#include "profile/FlameView.h"
#include "recording/SourceTable.h"
#include "theme/Theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace loopscope {

namespace {

constexpr double kRowHeight = 19; ///< pixels at 100 %

/// Code in its own font, and behind the time of a line how much that is of the line that took most.
class LineDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const bool isCode = index.column() == SourceCostModel::Code || index.column() == SourceCostModel::Line;
        option->font = Theme::current().font(isCode ? Theme::TextRole::Code : Theme::TextRole::Words);
        if (index.column() == SourceCostModel::Line)
            option->palette.setColor(QPalette::Text, Theme::current().palette().dim);
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        if (index.column() == SourceCostModel::Self) {
            const Palette &p = Theme::current().palette();
            const double share = index.data(SourceCostModel::ShareRole).toDouble();
            QRect bar = option.rect.adjusted(1, 1, -1, -1);
            bar.setLeft(bar.right() - qRound(share * bar.width()));
            if (share > 0)
                painter->fillRect(bar, mixed(p.heat, p.window, 0.45));
        }
        QStyledItemDelegate::paint(painter, option, index);
    }
};

} // namespace

SourceCostPage::SourceCostPage(QWidget *parent)
    : QWidget(parent)
    , m_files(new QComboBox(this))
    , m_facts(new QLabel(this))
    , m_lines(new QTableView(this))
    , m_model(new SourceCostModel(this))
{
    m_files->setAccessibleName(tr("Source file"));
    m_files->setToolTip(tr("Source files, those in which most time went first"));
    m_files->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_facts->setObjectName(QStringLiteral("labFact"));
    m_facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_lines->setModel(m_model);
    m_lines->setItemDelegate(new LineDelegate(m_lines));
    m_lines->setAccessibleName(tr("Source lines with what they cost"));
    m_lines->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_lines->setSelectionMode(QAbstractItemView::SingleSelection);
    m_lines->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_lines->setTabKeyNavigation(false);
    m_lines->setWordWrap(false);
    m_lines->setShowGrid(false);
    m_lines->verticalHeader()->hide();
    m_lines->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_lines->verticalHeader()->setMinimumSectionSize(1);
    m_lines->horizontalHeader()->setHighlightSections(false);
    m_lines->horizontalHeader()->setStretchLastSection(true);
    m_lines->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_lines->installEventFilter(this);
    setFocusProxy(m_lines);
    auto *head = new QHBoxLayout;
    head->addWidget(m_files);
    head->addWidget(m_facts, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(m_lines, 1);
    connect(m_files, &QComboBox::activated, this, &SourceCostPage::showFile);
    connect(m_lines, &QAbstractItemView::doubleClicked, this, &SourceCostPage::activate);
    connect(&Theme::current(), &Theme::changed, this, &SourceCostPage::applyTheme);
    applyTheme();
}

void SourceCostPage::clear()
{
    m_costs.clear(); // their sources go with the recording
    m_files->clear();
    m_facts->clear();
    m_model->clear();
    m_shown.clear();
}

void SourceCostPage::setCosts(std::vector<SourceCost> costs)
{
    m_costs = std::move(costs);
    m_files->clear();
    int shown = 0;
    for (const SourceCost &cost : m_costs) {
        if (cost.source->path == m_shown)
            shown = m_files->count();
        m_files->addItem(tr("%1  %2").arg(cost.source->path.section(QLatin1Char('/'), -1), ProfileText::duration(cost.total.self)));
        m_files->setItemData(m_files->count() - 1, cost.source->path, Qt::ToolTipRole);
    }
    m_files->setEnabled(m_costs.size() > 1);
    if (m_costs.empty())
        m_facts->setText(tr("Nothing ran in a source file that the recording knows."));
    else
        showFile(shown);
}

void SourceCostPage::showFile(int index)
{
    const SourceCost &cost = m_costs.at(static_cast<std::size_t>(index));
    const bool isSame = cost.source->path == m_shown;
    const int row = m_lines->currentIndex().row();
    m_shown = cost.source->path;
    m_files->setCurrentIndex(index);
    m_model->setSource(cost);
    const bool hasStatements = std::any_of(cost.lines.begin(), cost.lines.end(), [](const auto &line) { return line.second.times > 0; });
    QString facts = tr("self %1, awaited %2").arg(ProfileText::duration(cost.total.self), ProfileText::duration(cost.total.awaited));
    if (!hasStatements)
        facts += tr(" · no statements were recorded: a function's time stands at its first line");
    m_facts->setText(facts);
    m_facts->setToolTip(facts);
    for (int column = 0; column < SourceCostModel::Code; ++column)
        m_lines->resizeColumnToContents(column);
    const int line = isSame && row >= 0 ? row : m_model->hottest() - 1;
    if (const QModelIndex there = m_model->index(line, 0); there.isValid()) {
        m_lines->setCurrentIndex(there);
        m_lines->scrollTo(there, isSame ? QAbstractItemView::EnsureVisible : QAbstractItemView::PositionAtCenter);
    }
}

void SourceCostPage::activate(const QModelIndex &index)
{
    if (index.isValid())
        Q_EMIT lineActivated(m_shown, index.row() + 1);
}

bool SourceCostPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_lines && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            activate(m_lines->currentIndex());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void SourceCostPage::applyTheme()
{
    m_facts->setFont(Theme::current().font(Theme::TextRole::Fact));
    m_lines->verticalHeader()->setDefaultSectionSize(qRound(Theme::current().scaled(kRowHeight)));
    for (int column = 0; column < SourceCostModel::Code; ++column)
        m_lines->resizeColumnToContents(column);
}

} // namespace loopscope
