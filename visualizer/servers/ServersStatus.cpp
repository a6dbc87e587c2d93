// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/ServersStatus.h"

#include "servers/ComparisonProcess.h"
#include "servers/ModelLook.h"
#include "theme/Theme.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>

namespace loopscope {

ServersStatus::ServersStatus(QWidget *parent)
    : QWidget(parent)
    , m_truth(new QLabel(this))
    , m_law(new QLabel(this))
    , m_time(new QLabel(this))
{
    m_truth->setObjectName(QStringLiteral("labTruth"));
    m_law->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_truth);
    layout->addWidget(m_law, 1);
    layout->addWidget(m_time);
}

QString ServersStatus::littlesLaw(const ComparisonProcess &session)
{
    QStringList laws;
    for (const auto &record : session.record().models()) {
        if (!record->result || record->result->meanInFlight <= 0)
            continue;
        const LabResult &result = *record->result;
        const QString difference = QLocale().toString(result.littleDifference * 100, 'f', 1);
        laws << tr("%1 L %2, λW off by %3 %").arg(nameOf(record->model), formatFigure(result.meanInFlight), difference);
    }
    return laws.isEmpty() ? QString() : tr("Little's law: %1").arg(laws.join(QStringLiteral(" · ")));
}

void ServersStatus::show(const ComparisonProcess &session, const QString &truth, double pace)
{
    m_truth->setText(truth);
    m_truth->setAccessibleName(tr("Kind of truth: %1").arg(truth));
    m_lawText = littlesLaw(session);
    m_law->setToolTip(m_lawText.isEmpty()
            ? QString()
            : tr("%1\nWhat is in flight on average (L) is arrivals a second times the time each stays (λW), failed ones, too; both "
                 "are counted on their own, so a difference tells of a mistake in measuring.")
                  .arg(m_lawText));
    m_law->setAccessibleName(m_lawText);
    QString time;
    if (session.state() != ComparisonProcess::State::Empty) {
        const double at = session.record().times().second;
        const bool isReal = !session.record().isEmpty() && session.record().models().front()->truth == Truth::Real;
        time = (isReal ? tr("%1 s") : tr("virtual %1 s")).arg(QLocale().toString(at, 'f', 1));
        if (!isReal && session.isLive())
            time += pace > 0 ? tr(" at %1×").arg(QLocale().toString(pace, 'g', 3)) : tr(" at full speed");
    }
    m_time->setText(time);
    m_time->setMinimumWidth(std::max(m_time->minimumWidth(), m_time->sizeHint().width())); // figures that change do not move the others
    fit();
}

void ServersStatus::fit()
{
    m_law->setText(QFontMetrics(m_law->font()).elidedText(m_lawText, Qt::ElideRight, std::max(0, m_law->width() - 14)));
}

QString ServersStatus::text() const { return m_truth->text() + u' ' + m_lawText + u' ' + m_time->text(); }

QSize ServersStatus::minimumSizeHint() const { return {100, QWidget::minimumSizeHint().height()}; }

void ServersStatus::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

} // namespace loopscope
