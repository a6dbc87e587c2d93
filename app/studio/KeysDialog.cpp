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

#include <algorithm>

namespace loopscope {

namespace {

// Pixels at 100 %.
constexpr qreal kScrollBar = 12;
constexpr qreal kSectionGap = 18;
constexpr int kMostColumns = 4;

QString plain(QString text) { return text.remove(QLatin1Char('&')).remove(QChar(0x2026)); }

} // namespace

KeysDialog::KeysDialog(const QMenuBar &menus, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    const QSize room = parent != nullptr ? parent->size() * 19 / 20 : QSize(1280, 720);
    auto *buttons = new QDialogButtonBox;
    auto *close = new QPushButton(tr("Close"));
    buttons->addButton(close, QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *scroll = new QScrollArea;
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(scroll);
    layout->addWidget(buttons);
    const QMargins margins = layout->contentsMargins();
    const int around = margins.left() + margins.right() + qRound(Theme::current().scaled(kScrollBar));

    QWidget *page = makePage(makeSections(menus), room.width() - around);
    scroll->setAccessibleName(tr("All keys"));
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    const int below = margins.top() + margins.bottom() + layout->spacing() + close->sizeHint().height();
    resize((page->sizeHint() + QSize(around, below + 4)).boundedTo(room));
}

QList<QWidget *> KeysDialog::makeSections(const QMenuBar &menus)
{
    QList<QWidget *> sections;
    for (const QAction *top : menus.actions()) {
        QList<Row> rows;
        for (const QAction *action : top->menu()->actions()) {
            if (!action->shortcut().isEmpty())
                rows.append({action->shortcut().toString(QKeySequence::NativeText), plain(action->text())});
        }
        if (!rows.isEmpty())
            sections << makeSection(plain(top->text()), rows);
    }
    sections << makeSection(tr("In the views"), viewRows()) << makeSection(tr("In the timeline"), timelineRows()) << makeKinds();
    return sections;
}

QWidget *KeysDialog::makePage(const QList<QWidget *> &sections, int width)
{
    const int side = qRound(Theme::current().scaled(12));
    const int gap = qRound(Theme::current().scaled(28));
    QList<QList<QWidget *>> columns;
    for (int count = kMostColumns; count > 0; --count) {
        columns = inColumns(sections, count);
        int taken = 2 * side + gap * static_cast<int>(columns.size() - 1);
        for (const QList<QWidget *> &column : columns) {
            int widest = 0;
            for (const QWidget *section : column)
                widest = std::max(widest, section->sizeHint().width());
            taken += widest;
        }
        if (taken <= width)
            break;
    }
    auto *page = new QWidget;
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(side, side, side, side);
    row->setSpacing(gap);
    for (const QList<QWidget *> &column : columns) {
        auto *stack = new QVBoxLayout;
        stack->setSpacing(qRound(Theme::current().scaled(kSectionGap)));
        for (QWidget *section : column)
            stack->addWidget(section);
        stack->addStretch(1);
        row->addLayout(stack);
    }
    row->addStretch(1);
    return page;
}

QList<QList<QWidget *>> KeysDialog::inColumns(const QList<QWidget *> &sections, int count)
{
    const auto heightOf = [](const QWidget *section) {
        return section->sizeHint().height() + qRound(Theme::current().scaled(kSectionGap));
    };
    int whole = 0;
    for (const QWidget *section : sections)
        whole += heightOf(section);
    // A section goes where its middle falls when all stand in one column that is cut into equal parts.
    QList<QList<QWidget *>> columns(count);
    int above = 0;
    for (QWidget *section : sections) {
        const int middle = above + heightOf(section) / 2;
        columns[std::min(middle * count / whole, count - 1)] << section;
        above += heightOf(section);
    }
    return columns;
}

QWidget *KeysDialog::makeSection(const QString &title, const QList<Row> &rows)
{
    auto *section = new QWidget;
    auto *grid = new QGridLayout(section);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(qRound(Theme::current().scaled(12)));
    grid->setVerticalSpacing(qRound(Theme::current().scaled(4)));
    grid->setColumnStretch(1, 1);
    auto *head = new QLabel(title);
    head->setFont(Theme::current().font(Theme::TextRole::Head));
    head->setObjectName(QStringLiteral("sectionTitle"));
    grid->addWidget(head, 0, 0, 1, 2);
    for (const Row &each : rows) {
        const int row = grid->rowCount();
        auto *key = new QLabel(each.key);
        key->setObjectName(QStringLiteral("keyCap"));
        grid->addWidget(key, row, 0, Qt::AlignLeft | Qt::AlignVCenter);
        grid->addWidget(new QLabel(each.text), row, 1);
    }
    return section;
}

QWidget *KeysDialog::makeKinds()
{
    QWidget *section = makeSection(tr("Colours, the same in every view"), {});
    auto &grid = *qobject_cast<QGridLayout *>(section->layout());
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
    return section;
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
