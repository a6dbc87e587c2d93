// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "KeysDialog.h"

#include "theme/Icons.h"
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
    QGridLayout *grids[] = {new QGridLayout, new QGridLayout, new QGridLayout};
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
    addSection(*grids[2], tr("In the views"), viewRows());
    addSection(*grids[2], tr("In the timeline"), timelineRows());
    addKinds(*grids[0]);
    for (QGridLayout *grid : grids)
        grid->setRowStretch(grid->rowCount(), 1);

    auto *scroll = new QScrollArea;
    scroll->setAccessibleName(tr("All keys"));
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

void KeysDialog::addKinds(QGridLayout &grid)
{
    addSection(grid, tr("Colours, the same in every view"), {});
    const std::pair<Hue, QString> kinds[] = {{Hue::Script, tr("the script and its calls")}, {Hue::Tick, tr("process.nextTick")},
        {Hue::Microtask, tr("promises and microtasks")}, {Hue::Timers, tr("timers")},
        {Hue::Poll, tr("poll: files, network, the thread pool")}, {Hue::Check, tr("check: setImmediate")},
        {Hue::Closing, tr("closing callbacks")}};
    const Palette &palette = Theme::current().palette();
    const int side = qRound(Theme::current().scaled(16));
    for (const auto &[hue, name] : kinds) {
        const int row = grid.rowCount();
        auto *sign = new QLabel;
        sign->setPixmap(kindIcon(hue, palette).pixmap(side, side));
        grid.addWidget(sign, row, 0, Qt::AlignLeft | Qt::AlignVCenter);
        grid.addWidget(new QLabel(name), row, 1);
    }
    const int row = grid.rowCount();
    auto *now = new QLabel(QStringLiteral("▶"));
    now->setStyleSheet(QStringLiteral("color: %1").arg(palette.nowText.name()));
    grid.addWidget(now, row, 0, Qt::AlignLeft | Qt::AlignVCenter);
    grid.addWidget(new QLabel(tr("yellow: now, and nothing else")), row, 1);
}

QList<KeysDialog::Row> KeysDialog::viewRows()
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

QList<KeysDialog::Row> KeysDialog::timelineRows()
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

} // namespace loopscope
