// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "KeysDialog.h"

#include "theme/Theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace loopscope {

namespace {

QString plain(QString text) { return text.remove(QLatin1Char('&')).remove(QChar(0x2026)); }

} // namespace

KeysDialog::KeysDialog(const QMenuBar &menus, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    auto *page = new QWidget;
    auto *columns = new QHBoxLayout(page);
    columns->setContentsMargins(20, 16, 20, 16);
    columns->setSpacing(qRound(Theme::current().scaled(36)));
    QGridLayout *grids[] = {new QGridLayout, new QGridLayout};
    for (QGridLayout *grid : grids) {
        grid->setHorizontalSpacing(qRound(Theme::current().scaled(14)));
        grid->setVerticalSpacing(qRound(Theme::current().scaled(5)));
        columns->addLayout(grid);
    }
    for (const QAction *top : menus.actions()) {
        QList<Row> rows;
        for (const QAction *action : top->menu()->actions()) {
            if (!action->shortcut().isEmpty())
                rows.append({action->shortcut().toString(QKeySequence::NativeText), plain(action->text())});
        }
        // The steps are the longest list: they have a column of their own.
        const bool isSteps = rows.size() > 10;
        if (!rows.isEmpty())
            addSection(*grids[isSteps ? 1 : 0], plain(top->text()), rows);
    }
    addSection(*grids[1], tr("In the views"), viewRows());
    for (QGridLayout *grid : grids)
        grid->setRowStretch(grid->rowCount(), 1);

    auto *scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *buttons = new QDialogButtonBox;
    auto *close = new QPushButton(tr("Close"));
    buttons->addButton(close, QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(scroll);
    layout->addWidget(buttons);
    const QSize wanted = page->sizeHint() + QSize(60, 90);
    resize(parent != nullptr ? wanted.boundedTo(parent->size() * 9 / 10) : wanted);
}

void KeysDialog::addSection(QGridLayout &grid, const QString &title, const QList<Row> &rows)
{
    int row = grid.count() > 0 ? grid.rowCount() : 0;
    auto *head = new QLabel(title);
    head->setFont(Theme::current().font(Theme::TextRole::Head));
    head->setObjectName(QStringLiteral("sectionTitle"));
    head->setContentsMargins(0, row > 0 ? 12 : 0, 0, 4);
    grid.addWidget(head, row++, 0, 1, 2);
    for (const Row &each : rows) {
        auto *key = new QLabel(each.key);
        key->setObjectName(QStringLiteral("keyCap"));
        grid.addWidget(key, row, 0, Qt::AlignLeft | Qt::AlignVCenter);
        grid.addWidget(new QLabel(each.text), row++, 1);
    }
}

QList<KeysDialog::Row> KeysDialog::viewRows()
{
    const auto key = [](int combined) { return QKeySequence(combined).toString(QKeySequence::NativeText); };
    return {
        {key(Qt::Key_Tab), tr("To the next control (in the editor: indent)")},
        {tr("Arrows"), tr("In the recording and in the event list: to that moment")},
        {key(static_cast<int>(Qt::CTRL) | Qt::Key_C), tr("Copy the line of the event list")},
        {key(Qt::Key_Escape), tr("In the filter: show all events")},
        {tr("Click"), tr("In the margin of the source: breakpoint")},
        {tr("Arrows"), tr("In the loop: to the next chip; Why tells about it, Enter shows its source")},
        {tr("Click"), tr("On a chip: why it waits")},
        {tr("Double click"), tr("On a chip or a call: its place in the source")},
    };
}

} // namespace loopscope
