// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WalkDialog.h"

#include "session/RunSession.h"
#include "session/Stepper.h"
#include "state/StateTimeline.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScopeGuard>
#include <QSpinBox>

#include <algorithm>
#include <limits>

namespace loopscope {

WalkDialog::WalkDialog(QWidget &picture, Stepper &stepper, const RunSession &session, QWidget *parent)
    : QDialog(parent)
    , m_picture(picture)
    , m_stepper(stepper)
    , m_session(session)
    , m_from(new QSpinBox)
    , m_to(new QSpinBox)
    , m_step(new QComboBox)
    , m_form(new QComboBox)
    , m_time(new QDoubleSpinBox)
    , m_said(new QLabel)
    , m_progress(new QProgressBar)
    , m_export(new QPushButton(tr("Export…")))
{
    setWindowTitle(tr("Export the walk"));
    for (const QString &name : {tr("callback by callback"), tr("event by event"), tr("phase by phase"), tr("iteration by iteration"),
             tr("console line by console line")})
        m_step->addItem(name);
    m_form->addItems({tr("one animated picture (.webp)"), tr("numbered pictures in a folder (.png)")});
    m_time->setRange(0.1, 60);
    m_time->setValue(1.2);
    m_time->setSuffix(tr(" s"));
    const auto events = static_cast<int>(std::min<quint64>(session.eventCount(), std::numeric_limits<int>::max()));
    for (QSpinBox *box : {m_from, m_to})
        box->setRange(0, events);
    m_to->setValue(events);
    m_progress->hide();
    m_said->setWordWrap(true);

    auto *grid = new QGridLayout;
    addRow(*grid, tr("From event"), makeMoment(m_from, tr("From event")));
    addRow(*grid, tr("To event"), makeMoment(m_to, tr("To event")));
    addRow(*grid, tr("Steps"), m_step);
    addRow(*grid, tr("As"), m_form);
    addRow(*grid, tr("Each picture stays"), m_time);
    auto *close = new QPushButton(tr("Close"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_said, 1);
    buttons->addWidget(close);
    buttons->addWidget(m_export);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(grid);
    layout->addWidget(m_progress);
    layout->addLayout(buttons);
    m_export->setDefault(true);

    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(this, &QDialog::rejected, this, [this] { m_isStopped = true; });
    connect(m_export, &QPushButton::clicked, this, &WalkDialog::chooseTarget);
    connect(m_from, &QSpinBox::valueChanged, this, &WalkDialog::countPictures);
    connect(m_to, &QSpinBox::valueChanged, this, &WalkDialog::countPictures);
    connect(m_step, &QComboBox::currentIndexChanged, this, &WalkDialog::countPictures);
    connect(m_time, &QDoubleSpinBox::valueChanged, this, &WalkDialog::countPictures);
    connect(m_form, &QComboBox::currentIndexChanged, this, [this](int form) { m_time->setEnabled(form == 0); });
    countPictures();
}

void WalkDialog::addRow(QGridLayout &grid, const QString &name, QWidget *field)
{
    auto *label = new QLabel(name);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(name);
    const int row = grid.rowCount();
    grid.addWidget(label, row, 0);
    grid.addWidget(field, row, 1);
}

QWidget *WalkDialog::makeMoment(QSpinBox *box, const QString &name)
{
    box->setAccessibleName(name);
    auto *here = new QPushButton(tr("Here"));
    here->setToolTip(tr("Where the cursor stands"));
    here->setAccessibleName(tr("%1: where the cursor stands").arg(name));
    here->setAutoDefault(false);
    connect(here, &QPushButton::clicked, this, [this, box] { box->setValue(static_cast<int>(m_stepper.cursor())); });
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(box, 1);
    layout->addWidget(here);
    return row;
}

Walk WalkDialog::walk() const
{
    Walk walk;
    walk.from = static_cast<quint64>(std::min(m_from->value(), m_to->value()));
    walk.to = static_cast<quint64>(std::max(m_from->value(), m_to->value()));
    walk.step = WalkExport::stepNamed(WalkExport::stepNames().at(m_step->currentIndex())).value_or(Landmark::TaskBegun);
    walk.pictureTime = qRound(m_time->value() * 1000);
    return walk;
}

void WalkDialog::countPictures()
{
    if (m_session.timeline() == nullptr)
        return;
    const std::size_t count = walk().stops(*m_session.timeline()).size();
    m_export->setEnabled(count <= WalkExport::picturesAtMost);
    if (count > WalkExport::picturesAtMost)
        m_said->setText(tr("More than %L1 pictures: choose longer steps.").arg(WalkExport::picturesAtMost));
    else
        m_said->setText(tr("%L1 pictures").arg(count));
}

void WalkDialog::chooseTarget()
{
    const bool isAnimated = m_form->currentIndex() == 0;
    QString target = isAnimated
        ? QFileDialog::getSaveFileName(this, tr("Export the walk"), QStringLiteral("walk.webp"), tr("Animated pictures (*.webp)"))
        : QFileDialog::getExistingDirectory(this, tr("Folder for the pictures"));
    if (target.isEmpty())
        return;
    if (isAnimated && QFileInfo(target).suffix().isEmpty())
        target += QStringLiteral(".webp");
    exportTo(target);
}

void WalkDialog::exportTo(const QString &target)
{
    m_isStopped = false;
    m_export->setEnabled(false);
    m_progress->show();
    const auto guard = qScopeGuard([this] {
        m_progress->hide();
        m_export->setEnabled(true);
    });
    const QString problem = WalkExport(m_picture, m_stepper, m_session).write(walk(), target, [this](std::size_t done, std::size_t all) {
        m_progress->setMaximum(static_cast<int>(all));
        m_progress->setValue(static_cast<int>(done));
        QCoreApplication::processEvents(); // so that it can be closed, which stops it
        return !m_isStopped;
    });
    m_said->setText(problem.isEmpty() ? tr("Saved as %1.").arg(QFileInfo(target).fileName()) : problem);
}

} // namespace loopscope
