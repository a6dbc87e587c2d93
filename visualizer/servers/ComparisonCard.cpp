// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/ComparisonCard.h"

#include "servers/ModelLook.h"
#include "servers/RunComparison.h"
#include "shell/RowView.h"
#include "shell/TextButton.h"
#include "theme/Theme.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

namespace loopscope {

namespace {

/// The model's colour for its name, and what is better or worse told from the rest.
class Delegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const Palette &p = Theme::current().palette();
        QColor colour = p.text;
        if (index.column() == RunComparison::Model)
            colour = p.hueText(hueOf(static_cast<ServerModel>(index.data(RunComparison::ServerModelRole).toInt())));
        else if (index.column() == RunComparison::Change && index.data(RunComparison::JudgementRole).toInt() < 0)
            colour = p.error;
        else if (index.column() == RunComparison::Change && index.data(RunComparison::JudgementRole).toInt() > 0)
            colour = p.hueText(Hue::Check);
        else if (index.column() != RunComparison::This)
            colour = p.dim;
        option->palette.setColor(QPalette::Text, colour);
        option->palette.setColor(QPalette::HighlightedText, colour);
    }
};

} // namespace

ComparisonCard::ComparisonCard(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_sentences(new QLabel(this))
    , m_model(new RunComparison(this))
    , m_table(new RowView(this))
{
    setObjectName(QStringLiteral("labCard"));
    m_title->setObjectName(QStringLiteral("labCardTitle"));
    m_sentences->setObjectName(QStringLiteral("labFact"));
    m_sentences->setWordWrap(true);
    m_sentences->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_table->setObjectName(QStringLiteral("labTable"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new Delegate(m_table));
    m_table->setAccessibleName(tr("This run and another, figure by figure"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->makeHeader();
    QToolButton *close = makeTextButton(QStringLiteral("✕"), tr("Close the comparison"), this, "plain");
    connect(close, &QToolButton::clicked, this, &ComparisonCard::closed);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 9, 12, 9);
    layout->addLayout(head);
    layout->addWidget(m_sentences);
    layout->addWidget(m_table);
    connect(&Theme::current(), &Theme::changed, this, &ComparisonCard::applyTheme);
    applyTheme();
}

void ComparisonCard::applyTheme()
{
    const Theme &theme = Theme::current();
    m_title->setFont(theme.font(Theme::TextRole::Strong));
    m_table->setRowHeight(qRound(theme.scaled(22)));
    const int widths[] = {220, 180, 110, 110, 200};
    for (int column = 0; column < RunComparison::ColumnCount; ++column)
        m_table->header()->resizeSection(column, qRound(theme.scaled(widths[column])));
    const int head = QFontMetrics(theme.font(Theme::TextRole::Fact)).height() + qRound(theme.scaled(12));
    m_table->setFixedHeight(head + m_model->rowCount() * m_table->rowHeight() + 4);
    updateGeometry();
}

void ComparisonCard::compare(const LabReport &shown, const LabReport &other, const QString &name)
{
    const LabComparison comparison(other, shown);
    m_model->setComparison(comparison);
    QStringList lines;
    if (const QStringList changes = comparison.scenarioChanges(); !changes.isEmpty())
        lines << tr("Not the same: %1").arg(changes.join(QStringLiteral(" · ")));
    for (const ModelComparison &model : comparison.models())
        lines << comparison.sentence(model);
    m_sentences->setText(lines.join(QLatin1Char('\n')));
    m_sentences->setVisible(!lines.isEmpty());
    m_title->setText(
        m_model->rowCount() > 0 ? tr("this run beside %1").arg(name) : tr("%1 has no model in common with this run").arg(name));
    applyTheme();
}

} // namespace loopscope
