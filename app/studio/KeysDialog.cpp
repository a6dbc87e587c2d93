// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "KeysDialog.h"

#include "theme/Icons.h"
#include "theme/Theme.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
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

} // namespace

KeysDialog::KeysDialog(const QMenuBar &menus, QWidget *parent)
    : QDialog(parent)
    , m_sections(KeySheet::sections(menus))
    , m_said(new QLabel)
{
    setWindowTitle(tr("Keys"));
    const QSize room = parent != nullptr ? parent->size() * 19 / 20 : QSize(1280, 720);
    auto *buttons = new QDialogButtonBox;
    auto *close = new QPushButton(tr("Close"));
    buttons->addButton(close, QDialogButtonBox::RejectRole);
    auto *save = new QPushButton(tr("Save as PDF…"));
    save->setToolTip(tr("A page to print"));
    buttons->addButton(save, QDialogButtonBox::ActionRole);
    connect(save, &QPushButton::clicked, this, &KeysDialog::saveAsPdf);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *scroll = new QScrollArea;
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(scroll);
    auto *below = new QHBoxLayout;
    below->addWidget(m_said, 1);
    below->addWidget(buttons);
    layout->addLayout(below);
    const QMargins margins = layout->contentsMargins();
    const int around = margins.left() + margins.right() + qRound(Theme::current().scaled(kScrollBar));

    QWidget *page = makePage(makeSections(), room.width() - around);
    scroll->setAccessibleName(tr("All keys"));
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    const int under = margins.top() + margins.bottom() + layout->spacing() + close->sizeHint().height();
    resize((page->sizeHint() + QSize(around, under + 4)).boundedTo(room));
}

QList<QWidget *> KeysDialog::makeSections() const
{
    QList<QWidget *> sections;
    for (const KeySheet::Section &section : m_sections)
        sections << makeSection(section);
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

QWidget *KeysDialog::makeSection(const KeySheet::Section &shown)
{
    auto *section = new QWidget;
    auto *grid = new QGridLayout(section);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(qRound(Theme::current().scaled(12)));
    grid->setVerticalSpacing(qRound(Theme::current().scaled(4)));
    grid->setColumnStretch(1, 1);
    auto *head = new QLabel(shown.title);
    head->setFont(Theme::current().font(Theme::TextRole::Head));
    head->setObjectName(QStringLiteral("sectionTitle"));
    grid->addWidget(head, 0, 0, 1, 2);
    const Palette &palette = Theme::current().palette();
    const int side = qRound(Theme::current().scaled(16));
    for (const KeySheet::Row &each : shown.rows) {
        const int row = grid->rowCount();
        auto *key = new QLabel(each.key);
        if (each.isNow)
            key->setStyleSheet(QStringLiteral("color: %1").arg(palette.nowText.name()));
        else if (each.hue != Hue::Structure)
            key->setPixmap(kindIcon(each.hue, palette).pixmap(side, side));
        else
            key->setObjectName(QStringLiteral("keyCap"));
        grid->addWidget(key, row, 0, Qt::AlignLeft | Qt::AlignVCenter);
        grid->addWidget(new QLabel(each.text), row, 1);
    }
    return section;
}

void KeysDialog::saveAsPdf()
{
    QString path =
        QFileDialog::getSaveFileName(this, tr("Save the keys"), QStringLiteral("loopscope-keys.pdf"), tr("PDF, to print (*.pdf)"));
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".pdf");
    const QString problem = KeySheet::writePdf(m_sections, path);
    m_said->setText(problem.isEmpty() ? tr("saved as %1").arg(QFileInfo(path).fileName()) : problem);
}

} // namespace loopscope
