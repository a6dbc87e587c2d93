// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "written/WrittenView.h"

#include "session/RunSession.h"
#include "shell/RowView.h"
#include "shell/TextButton.h"
#include "theme/Theme.h"
#include "written/WrittenFileWindow.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDir>
#include <QFileDialog>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

namespace {

/// A row: what was done, the path, of which the end counts, and the facts.
class WrittenDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::current();
        const Palette &p = theme.palette();
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, p.chip);
        else if (option.state.testFlag(QStyle::State_MouseOver))
            painter->fillRect(option.rect, p.card);
        const int margin = qRound(theme.scaled(8));
        QRect room = option.rect.adjusted(margin, 0, -margin, 0);
        const QFont fact = theme.font(Theme::TextRole::Fact);
        const QFontMetrics factMetrics(fact);
        const QFont code = theme.font(Theme::TextRole::Code);
        painter->setFont(fact);
        painter->setPen(p.dim);
        painter->drawText(room, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter), index.data(WrittenModel::WordRole).toString());
        room.setLeft(room.left() + factMetrics.horizontalAdvance(WrittenFile::tr("removed")) + margin);
        const int pathWidth = QFontMetrics(code).horizontalAdvance(index.data().toString());
        const QString facts = index.data(WrittenModel::FactRole).toString();
        const int factRoom =
            std::min(factMetrics.horizontalAdvance(facts) + margin + 2, std::max(room.width() - pathWidth - margin, room.width() / 2));
        painter->drawText(
            room, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), factMetrics.elidedText(facts, Qt::ElideRight, factRoom - margin));
        room.setRight(room.right() - factRoom);
        painter->setFont(code);
        painter->setPen(index.data(WrittenModel::IsChangedLaterRole).toBool() ? p.dim : p.text);
        painter->drawText(room, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter),
            QFontMetrics(code).elidedText(index.data().toString(), Qt::ElideLeft, room.width()));
    }
};

} // namespace

WrittenView::WrittenView(QWidget *parent)
    : StepView(parent)
    , m_model(new WrittenModel(this))
    , m_list(new RowView(this))
    , m_export(makeTextButton(tr("Export all…"), tr("Copies all files that the run wrote into a folder"), this, "plain"))
{
    setObjectName(QStringLiteral("writtenView"));
    m_list->setObjectName(QStringLiteral("writtenList"));
    m_list->setAccessibleName(tr("Files that the script wrote"));
    m_list->setItemDelegate(new WrittenDelegate(m_list));
    m_list->setModel(m_model);
    m_list->viewport()->installEventFilter(this);
    m_list->installEventFilter(this);
    setFocusProxy(m_list);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list);
    connect(m_list, &QAbstractItemView::activated, this, [this](const QModelIndex &index) { open(index.row()); });
    connect(m_export, &QToolButton::clicked, this, &WrittenView::exportAll);
    connect(&Theme::current(), &Theme::changed, this, &WrittenView::applyTheme);
    applyTheme();
    refreshNote();
}

void WrittenView::applyTheme()
{
    const Theme &theme = Theme::current();
    m_list->setRowHeight(QFontMetrics(theme.font(Theme::TextRole::Code)).height() + qRound(theme.scaled(6)));
}

void WrittenView::setSession(const RunSession &session)
{
    if (m_session != nullptr)
        m_session->disconnect(this);
    m_session = &session;
    connect(&session, &RunSession::stateChanged, this, &WrittenView::refreshNote);
    m_model->setSession(&session);
    refreshNote();
}

void WrittenView::grow()
{
    m_model->grow();
    refreshNote();
}

void WrittenView::showMoment(quint64 cursor, const LoopState & /*state*/, bool /*byStep*/)
{
    m_model->setCursor(cursor);
    refreshNote();
}

void WrittenView::refreshNote()
{
    const int shown = m_model->rowCount();
    const auto all = static_cast<int>(m_model->all().size());
    Q_EMIT noteChanged(all == 0 ? QString() : shown == all ? QString::number(all) : tr("%L1 of %L2").arg(shown).arg(all));
    m_export->setVisible(all > 0);
    m_list->viewport()->update();
}

bool WrittenView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list->viewport() && event->type() == QEvent::Paint && m_model->rowCount() == 0) {
        QPainter painter(m_list->viewport());
        const int margin = qRound(Theme::current().scaled(12));
        painter.setFont(Theme::current().font(Theme::TextRole::Words));
        painter.setPen(Theme::current().palette().dim);
        painter.drawText(m_list->viewport()->rect().adjusted(margin, margin, -margin, -margin),
            static_cast<int>(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap, m_model->emptyHint());
        return true;
    }
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const WrittenFile *file = m_model->file(m_list->currentIndex().row());
        if (key->matches(QKeySequence::Copy) && file != nullptr) {
            QGuiApplication::clipboard()->setText(file->path);
            return true;
        }
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isEnter && file != nullptr) {
            if (key->modifiers().testFlag(Qt::ControlModifier))
                Q_EMIT cursorChosen(file->until);
            else
                open(m_list->currentIndex().row());
            return true;
        }
    }
    return StepView::eventFilter(watched, event);
}

void WrittenView::contextMenuEvent(QContextMenuEvent *event)
{
    const WrittenFile *file = m_model->file(m_list->currentIndex().row());
    QMenu menu(this);
    QAction *look = menu.addAction(tr("Look into it (Enter)"));
    QAction *first = menu.addAction(tr("Go to its first change"));
    QAction *last = menu.addAction(tr("Go to its last change (Ctrl+Enter)"));
    QAction *copy = menu.addAction(tr("Copy the path"));
    for (QAction *action : {look, first, last, copy})
        action->setEnabled(file != nullptr);
    menu.addSeparator();
    QAction *all = menu.addAction(tr("Export all…"));
    all->setEnabled(!m_model->all().empty());
    const QAction *chosen = menu.exec(event->globalPos());
    if (chosen == all)
        exportAll();
    else if (chosen == nullptr || file == nullptr)
        return;
    else if (chosen == look)
        open(m_list->currentIndex().row());
    else if (chosen == copy)
        QGuiApplication::clipboard()->setText(file->path);
    else
        Q_EMIT cursorChosen(chosen == first ? file->since : file->until);
}

void WrittenView::open(int row)
{
    const WrittenFile *file = m_model->file(row);
    if (file == nullptr)
        return;
    QStringList facts{m_model->index(row).data(WrittenModel::WordRole).toString() + QStringLiteral(" · ") + m_model->placeOf(file->since)};
    if (file->until != file->since)
        facts << tr("changed last: %1").arg(m_model->placeOf(file->until));
    if (m_model->index(row).data(WrittenModel::IsChangedLaterRole).toBool())
        facts << tr("This is its content at the end of the run: it was changed again after the moment that is shown.");
    auto *window = new WrittenFileWindow(*file, m_session->writtenFolder(), facts.join(u'\n'), this);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->show();
}

void WrittenView::exportAll()
{
    if (m_model->all().empty() || m_session == nullptr)
        return;
    if (m_session->writtenFolder().isEmpty()) {
        Q_EMIT said(WrittenFileWindow::contentMissing());
        return;
    }
    const QString folder = QFileDialog::getExistingDirectory(this, tr("An empty folder for what the script wrote"));
    if (folder.isEmpty())
        return;
    const QString problem = WrittenExport::copy(m_model->all(), m_session->writtenFolder(), folder);
    Q_EMIT said(problem.isEmpty() ? tr("What the script wrote is in %1 now.").arg(QDir::toNativeSeparators(folder)) : problem);
}

} // namespace loopscope
