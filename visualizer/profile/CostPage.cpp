// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/CostPage.h"

#include "shell/Format.h"

#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

namespace {

constexpr double kShort = 0.1; ///< seconds: of a run that takes less, most is the program's start

} // namespace

CostPage::CostPage(QWidget *parent)
    : QWidget(parent)
    , m_about(new QLabel(this))
    , m_result(new QLabel(this))
    , m_button(new QPushButton(this))
{
    m_about->setText(tr("Recording takes time itself. To see how much, the script is run again %L1 times without and %L1 times with a "
                        "recording as detailed as this one, "
                        "in processes of their own; the quickest of each counts. Run time on the virtual clock does not change by it.")
                         .arg(RecordingCost::rounds));
    m_about->setWordWrap(true);
    m_result->setWordWrap(true);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_result->setAccessibleName(tr("What recording costs"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 12, 8, 8);
    layout->setSpacing(10);
    layout->addWidget(m_about);
    layout->addWidget(m_button, 0, Qt::AlignLeft);
    layout->addWidget(m_result);
    layout->addStretch(1);
    connect(m_button, &QPushButton::clicked, this, &CostPage::toggle);
    connect(&m_cost, &RecordingCost::measured, this, [this](const RecordingCost::Figures &figures) {
        m_result->setText(text(figures));
        showState();
    });
    connect(&m_cost, &RecordingCost::failed, this, [this](const QString &sentence) {
        m_result->setText(sentence);
        showState();
    });
    showState();
}

void CostPage::showState() { m_button->setText(m_cost.isBusy() ? tr("Stop measuring") : tr("Measure what recording costs")); }

void CostPage::clear()
{
    m_cost.cancel();
    m_result->clear();
    showState();
}

void CostPage::toggle()
{
    if (m_cost.isBusy()) {
        m_cost.cancel();
        m_result->clear();
    } else if (m_command) {
        const RecordingCost::Command command = m_command();
        m_result->setText(command.problem.isEmpty() ? tr("Measuring…") : command.problem);
        if (command.problem.isEmpty())
            m_cost.measure(command);
    }
    showState();
}

QString CostPage::text(const RecordingCost::Figures &figures)
{
    const auto seconds = [](double time) { return tr("%1 s").arg(QLocale().toString(time, 'f', time < 10 ? 3 : 1)); };
    QString sentence = tr("Recorded the script takes %1 of processor time, not recorded %2: %3 times as long. The recording has %4.")
                           .arg(seconds(figures.with), seconds(figures.without),
                               QLocale().toString(figures.with / std::max(figures.without, 1e-6), 'f', 2),
                               formatBytes(static_cast<quint64>(figures.bytes)));
    if (figures.without < kShort)
        sentence += QLatin1Char(' ') + tr("So short a run is mostly the program's start, which is in both: a longer one tells more.");
    return sentence;
}

} // namespace loopscope
