// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/SweepCard.h"

#include "servers/CardGrid.h"
#include "servers/SweepChart.h"
#include "servers/session/SweepTable.h"
#include "shell/TextButton.h"
#include "theme/Theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

using Knob = LabControls::Knob;

SweepCard::SweepCard(QWidget *parent)
    : QFrame(parent)
    , m_process(new SweepProcess(this))
    , m_title(new QLabel(tr("sweep: ever more of one thing"), this))
    , m_knob(new QComboBox(this))
    , m_from(nullptr)
    , m_to(nullptr)
    , m_steps(new QSpinBox(this))
    , m_start(makeTextButton(tr("Start"), tr("Start the sweep"), this, "main"))
    , m_stop(makeTextButton(tr("Stop"), tr("End the sweep; its points stay"), this))
    , m_progress(new QLabel(this))
    , m_sentences(new QLabel(this))
    , m_row(nullptr)
    , m_grid(new CardGrid(340, this))
    , m_throughput(new SweepChart(SweepChart::Figure::Throughput))
    , m_p99(new SweepChart(SweepChart::Figure::P99))
{
    setObjectName(QStringLiteral("labCard"));
    m_title->setObjectName(QStringLiteral("labCardTitle"));
    const std::pair<Knob, QString> knobs[] = {{Knob::Clients, tr("clients")}, {Knob::Rate, tr("arrivals a second")},
        {Knob::IoMilliseconds, tr("I/O latency added (ms)")}, {Knob::CpuMilliseconds, tr("CPU added (ms)")}, {Knob::Threads, tr("threads")},
        {Knob::Cores, tr("cores")}};
    for (const auto &[knob, name] : knobs)
        m_knob->addItem(name, static_cast<int>(knob));
    m_knob->setAccessibleName(tr("What grows"));
    m_steps->setRange(2, 100);
    m_steps->setValue(10);
    m_steps->setAccessibleName(tr("Number of points"));
    m_steps->setSuffix(tr(" points"));
    m_from = addField(tr("From"), 1);
    m_to = addField(tr("To"), 1000);
    m_progress->setObjectName(QStringLiteral("labFact"));
    m_progress->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_sentences->setObjectName(QStringLiteral("labFact"));
    m_sentences->setWordWrap(true);
    m_sentences->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sentences->hide();
    m_stop->hide();
    m_row = new QBoxLayout(QBoxLayout::LeftToRight);
    m_row->setSpacing(8);
    auto *what = new QHBoxLayout;
    auto *how = new QHBoxLayout;
    for (QHBoxLayout *part : {what, how}) {
        part->setSpacing(8);
        m_row->addLayout(part, part == how ? 1 : 0);
    }
    const auto word = [this](const QString &text) {
        auto *label = new QLabel(text, this);
        label->setObjectName(QStringLiteral("labFact"));
        return label;
    };
    for (QWidget *part : {static_cast<QWidget *>(m_knob), static_cast<QWidget *>(word(tr("from"))), static_cast<QWidget *>(m_from),
             static_cast<QWidget *>(word(tr("to"))), static_cast<QWidget *>(m_to)})
        what->addWidget(part);
    what->addStretch(1);
    for (QWidget *part : {static_cast<QWidget *>(m_steps), static_cast<QWidget *>(m_start), static_cast<QWidget *>(m_stop)})
        how->addWidget(part);
    how->addWidget(m_progress, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 9, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addLayout(m_row);
    layout->addWidget(m_sentences);
    layout->addWidget(m_grid);
    m_grid->add(m_throughput);
    m_grid->add(m_p99);
    m_grid->hide();
    connect(m_knob, &QComboBox::currentIndexChanged, this, &SweepCard::suggestRange);
    connect(m_start, &QToolButton::clicked, this, &SweepCard::start);
    connect(m_stop, &QToolButton::clicked, this, &SweepCard::stop);
    connect(m_process, &SweepProcess::progressed, this, [this](int done, int all) {
        m_progress->setText(tr("%L1 of %L2 runs").arg(done).arg(all));
        showPoints();
    });
    connect(m_process, &SweepProcess::ended, this, &SweepCard::takeEnd);
    connect(&Theme::current(), &Theme::changed, this, &SweepCard::applyTheme);
    applyTheme();
}

QDoubleSpinBox *SweepCard::addField(const QString &name, double value)
{
    auto *field = new QDoubleSpinBox(this);
    field->setAccessibleName(name);
    field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    field->setDecimals(2);
    field->setRange(0.01, 1e7);
    field->setValue(value);
    return field;
}

void SweepCard::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    const int beside = m_row->itemAt(0)->minimumSize().width() + m_row->spacing() + m_row->itemAt(1)->minimumSize().width();
    const bool isNarrow = width() - sideMargins() < beside;
    m_row->setDirection(isNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

/// As wide as one part below the other needs, however they stand now: what fits must not depend on what was fitted in before.
QSize SweepCard::minimumSizeHint() const
{
    const int below = std::max(m_row->itemAt(0)->minimumSize().width(), m_row->itemAt(1)->minimumSize().width());
    return {below + sideMargins(), QFrame::minimumSizeHint().height()};
}

int SweepCard::sideMargins() const
{
    const QMargins margins = layout()->contentsMargins();
    return margins.left() + margins.right();
}

void SweepCard::applyTheme()
{
    m_title->setFont(Theme::current().font(Theme::TextRole::Strong));
    for (QDoubleSpinBox *field : {m_from, m_to})
        field->setFixedWidth(qRound(Theme::current().scaled(92)));
}

void SweepCard::setScenario(const Scenario &scenario)
{
    const bool isOther = scenario.script != m_scenario.script || scenario.load.arrivals != m_scenario.load.arrivals;
    m_scenario = scenario;
    if (!isOther || m_process->isLive())
        return;
    const QSignalBlocker blocker(m_knob);
    const bool hasClients =
        scenario.load.arrivals == ScenarioLoad::Arrivals::Closed || scenario.load.protocol == ScenarioLoad::Protocol::WebSocket;
    m_knob->setCurrentIndex(m_knob->findData(static_cast<int>(hasClients ? Knob::Clients : Knob::Rate)));
    suggestRange();
}

void SweepCard::suggestRange()
{
    const auto knob = static_cast<Knob>(m_knob->currentData().toInt());
    const bool isWhole = knob == Knob::Clients || knob == Knob::Threads || knob == Knob::Cores;
    for (QDoubleSpinBox *field : {m_from, m_to})
        field->setDecimals(isWhole ? 0 : 2);
    switch (knob) {
    case Knob::Clients:
        m_from->setValue(1);
        m_to->setValue(m_scenario.load.clients * 5.0);
        break;
    case Knob::Rate:
        m_from->setValue(m_scenario.load.rate / 10);
        m_to->setValue(m_scenario.load.rate * 10);
        break;
    case Knob::Threads:
        m_from->setValue(1);
        m_to->setValue(256);
        break;
    case Knob::Cores:
        m_from->setValue(1);
        m_to->setValue(16);
        break;
    default:
        m_from->setValue(0.1);
        m_to->setValue(100);
    }
}

SweepProcess::Plan SweepCard::plan() const
{
    return {static_cast<Knob>(m_knob->currentData().toInt()), m_from->value(), m_to->value(), m_steps->value()};
}

void SweepCard::focusFirst() { m_knob->setFocus(); }

void SweepCard::setBusy(bool isBusy)
{
    m_isBusy = isBusy;
    m_start->setEnabled(!isBusy);
    m_start->setToolTip(isBusy ? tr("A comparison goes on: stop it, or wait for its end") : tr("Start the sweep"));
}

void SweepCard::start()
{
    if (m_isBusy || m_process->isLive())
        return;
    if (m_from->value() >= m_to->value()) {
        m_progress->setText(tr("\"From\" has to be below \"to\"."));
        m_from->setFocus();
        return;
    }
    m_start->hide();
    m_stop->show();
    m_stop->setFocus();
    m_sentences->hide();
    m_progress->setText(tr("runs begin…"));
    m_process->start(m_scenario, plan());
    Q_EMIT changed();
}

void SweepCard::showPoints()
{
    const std::optional<SweepReport> report = m_process->pointsSoFar();
    if (!report || report->points.empty())
        return;
    for (SweepChart *chart : charts())
        chart->setReport(*report, m_knob->currentText(), false);
    m_grid->show();
}

void SweepCard::stop()
{
    if (!m_process->isLive())
        return;
    m_progress->setText(tr("runs are ended…"));
    m_process->stop();
}

void SweepCard::takeEnd()
{
    const bool hadKeyboard = m_stop->hasFocus();
    m_start->show();
    if (hadKeyboard)
        m_start->setFocus();
    m_stop->hide();
    if (const std::optional<SweepReport> &report = m_process->report()) {
        m_progress->setText(tr("%L1 points, %2").arg(report->points.size()).arg(nameOf(report->scenario.truth)));
        for (SweepChart *chart : charts())
            chart->setReport(*report, m_knob->currentText(), true);
        QStringList lines{SweepTable::text(turnsOf(*report, report->scenario.truth), m_knob->currentText())};
        for (const SweepBend &bend : bendsOf(*report))
            lines << SweepTable::text(bend, m_knob->currentText());
        for (const SweepProblem &problem : report->problems)
            lines << tr("%1 at %2: %3").arg(nameOf(problem.problem.model)).arg(problem.value).arg(problem.problem.text);
        lines.removeAll(QString());
        m_sentences->setText(lines.join(QLatin1Char('\n')));
        m_sentences->setVisible(!lines.isEmpty());
        m_grid->show();
    } else {
        m_progress->clear();
        m_sentences->setText(m_process->failure());
        m_sentences->show();
    }
    Q_EMIT changed();
}

QString SweepCard::text() const { return m_sentences->text(); }

} // namespace loopscope
