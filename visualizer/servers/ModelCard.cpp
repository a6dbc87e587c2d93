// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/ModelCard.h"

#include "servers/FigureTableDialog.h"
#include "servers/LabRecord.h"
#include "servers/LaneLegend.h"
#include "servers/LaneView.h"
#include "servers/ModelLook.h"
#include "servers/ThreadTable.h"
#include "shell/Format.h"
#include "shell/TextButton.h"
#include "theme/Theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace loopscope {

namespace {

constexpr int kLaneHeight = 132; ///< of all lanes of a card, at 100 %
constexpr int kMark = 11;

void setText(QLabel &label, const QString &text)
{
    if (label.text() != text)
        label.setText(text);
}

} // namespace

ModelCard::ModelCard(const ModelRecord &record, LaneWindow &window, QWidget *parent)
    : QFrame(parent)
    , m_record(record)
    , m_name(new QLabel(nameOf(record.model), this))
    , m_state(new QLabel(this))
    , m_lanes(new LaneView(record.model, window, this))
    , m_facts(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_notes(new QLabel(this))
    , m_legend(new LaneLegend(*m_lanes, this))
    , m_commands(new QHBoxLayout)
    , m_threads(makeTextButton(
          tr("Threads"), tr("What each thread of the model %1 did and used, as a table").arg(nameOf(record.model)), this, "compact"))
{
    setObjectName(QStringLiteral("labCard"));
    m_state->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_state->setObjectName(QStringLiteral("labFact"));
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_facts->setObjectName(QStringLiteral("labFact"));
    m_facts->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("labProblem"));
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_notes->setObjectName(QStringLiteral("labFact"));
    m_notes->setWordWrap(true);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (QLabel *label : {m_problem, m_notes})
        label->hide();
    auto *head = new QHBoxLayout;
    head->setSpacing(6);
    head->addSpacing(qRound(Theme::current().scaled(kMark)) + 4);
    head->addWidget(m_name);
    head->addWidget(m_state, 1);
    auto *figures = new QGridLayout;
    figures->setVerticalSpacing(0);
    figures->setHorizontalSpacing(8);
    m_throughput = addFigure(*figures, 0);
    m_p99 = addFigure(*figures, 1);
    m_memory = addFigure(*figures, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(5);
    layout->addLayout(head);
    layout->addLayout(figures);
    layout->addWidget(m_lanes, 1000);
    layout->addWidget(m_legend);
    layout->addWidget(m_facts);
    layout->addWidget(m_problem);
    layout->addWidget(m_notes);
    layout->addStretch(1);
    m_commands->addWidget(m_threads);
    m_commands->addStretch(1);
    layout->addLayout(m_commands);
    m_threads->setObjectName(QStringLiteral("threadTable"));
    m_threads->hide();
    connect(m_threads, &QToolButton::clicked, this, &ModelCard::showThreads);
    m_lanes->setThreadWords([this](int thread) { return threadSentence(m_record, thread); });
    connect(m_lanes, &LaneView::requestChosen, this, &ModelCard::requestChosen);
    connect(&Theme::current(), &Theme::changed, this, &ModelCard::applyTheme);
    m_lanes->setLanes(&record.lanes);
    applyTheme();
    refresh(true);
}

ModelCard::BigFigure ModelCard::addFigure(QGridLayout &grid, int column)
{
    BigFigure figure{new QLabel(this), new QLabel(this)};
    figure.value->setObjectName(QStringLiteral("labFigure"));
    figure.caption->setObjectName(QStringLiteral("labFact"));
    grid.addWidget(figure.value, 0, column);
    grid.addWidget(figure.caption, 1, column);
    grid.setColumnStretch(column, 1);
    return figure;
}

void ModelCard::applyTheme()
{
    const Theme &theme = Theme::current();
    QFont big = theme.font(Theme::TextRole::Strong);
    big.setPixelSize(qRound(theme.scaled(22)));
    for (const BigFigure &figure : {m_throughput, m_p99, m_memory}) {
        figure.value->setFont(big);
        figure.caption->setFont(theme.font(Theme::TextRole::Fact));
    }
    QFont strong = theme.font(Theme::TextRole::Strong);
    m_name->setFont(strong);
    QPalette palette = m_name->palette();
    palette.setColor(QPalette::WindowText, theme.palette().hueText(hueOf(m_record.model)));
    m_name->setPalette(palette);
    m_name->setStyleSheet(QStringLiteral("color: %1").arg(theme.palette().hueText(hueOf(m_record.model)).name()));
    for (QLabel *label : {m_facts, m_state, m_notes})
        label->setFont(theme.font(Theme::TextRole::Fact));
    m_problem->setFont(theme.font(Theme::TextRole::Words));
    updateGeometry();
    update();
}

int ModelCard::heightForWidth(int width) const
{
    // As if all lanes were there from the start: the cards of a run that goes on do not grow.
    const int lanes = m_lanes->isHidden() ? 0 : qRound(Theme::current().scaled(kLaneHeight));
    const int laidOut = m_lanes->isHidden() ? 0 : std::min(m_lanes->sizeHint().height(), m_lanes->maximumHeight());
    const int needed = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : layout()->totalSizeHint().height();
    return needed - laidOut + lanes;
}

QSize ModelCard::sizeHint() const { return {QFrame::sizeHint().width(), heightForWidth(qRound(Theme::current().scaled(300)))}; }

void ModelCard::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    update();
}

void ModelCard::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    const double side = Theme::current().scaled(kMark);
    const QRect name = m_name->geometry();
    drawMark(painter, QRectF(name.left() - side - 6, name.center().y() - side / 2 + 0.5, side, side), m_record.model,
        Theme::current().palette());
}

QString ModelCard::threadsText() const
{
    const int lanes = m_record.lanes.laneCount();
    int alive = 0;
    if (m_record.newest) {
        for (const int count : m_record.newest->threads)
            alive += count;
    }
    const int threads = m_record.result ? m_record.result->mostThreads : alive > 0 ? alive : lanes;
    if (threads <= 0)
        return {};
    const bool areProcesses = m_record.model == ServerModel::Processes || m_record.model == ServerModel::Cluster;
    if (threads == 1)
        return areProcesses ? tr("one process") : tr("one thread");
    return areProcesses ? tr("%L1 processes").arg(threads) : tr("%L1 threads").arg(threads);
}

QString ModelCard::facts() const
{
    const LabFigures figures = m_record.figures();
    QStringList facts;
    if (const QString threads = threadsText(); !threads.isEmpty())
        facts << threads;
    if (m_record.result) {
        facts << tr("%1 in flight on average").arg(formatFigure(m_record.result->meanInFlight));
        if (m_record.result->mostQueued > 0)
            facts << tr("at most %L1 queued").arg(m_record.result->mostQueued);
    } else if (m_record.newest) {
        facts << tr("%L1 in flight").arg(figures.inFlight);
        if (figures.queued > 0)
            facts << tr("%L1 queued").arg(figures.queued);
        const int blocked = figures.threads[static_cast<std::size_t>(ThreadState::Blocked)];
        if (blocked > 0)
            facts << tr("%L1 blocked").arg(blocked);
    }
    if (m_record.newest || m_record.result)
        facts << tr("CPU %1\u00a0%").arg(QLocale().toString(figures.cpuCores * 100, 'f', figures.cpuCores < 0.1 ? 1 : 0));
    if (m_record.lanes.left() > 0)
        facts << tr("%L1 spans of its threads are not drawn: too many to be told").arg(m_record.lanes.left());
    if (figures.failures > 0)
        facts << tr("%L1 failed").arg(figures.failures);
    return facts.join(QStringLiteral(" · "));
}

QString ModelCard::stateText() const
{
    QStringList words{nameOf(m_record.truth)};
    if (!m_record.problem.isEmpty())
        words << tr("could not run");
    else if (m_record.result && !m_record.result->death.isEmpty())
        words << tr("died");
    else if (m_record.result)
        words << (m_record.result->wasStopped ? tr("stopped") : tr("over"));
    else if (m_isLive && !m_record.newest)
        words << (m_record.truth == Truth::Real ? tr("waits for its turn") : tr("begins"));
    return words.join(QStringLiteral(" · "));
}

void ModelCard::show(const BigFigure &figure, const QString &value, const QString &caption)
{
    setText(*figure.value, value);
    setText(*figure.caption, caption);
    const QString words = tr("%1, %2: %3").arg(nameOf(m_record.model), caption, value);
    if (figure.value->accessibleName() != words)
        figure.value->setAccessibleName(words);
}

void ModelCard::showTips(const LabFigures &figures)
{
    const bool isOver = m_record.isOver();
    const QString rate = isOver ? tr("Good answers a second, over the whole of the measured part") : tr("Good answers in the last second");
    const QString p99 = isOver ? tr("99 of 100 answers of the run came within this time.")
                               : tr("99 of 100 answers of the run so far came within this time; of the last second's answers within %1.")
                                     .arg(formatSeconds(figures.lastP99));
    const QString memory = isOver ? tr("The most that the server had") : tr("What the server has now");
    const std::pair<const BigFigure &, const QString &> tips[] = {{m_throughput, rate}, {m_p99, p99}, {m_memory, memory}};
    for (const auto &[figure, tip] : tips) {
        for (QLabel *label : {figure.value, figure.caption}) {
            if (label->toolTip() != tip)
                label->setToolTip(tip);
        }
    }
}

void ModelCard::showFigures()
{
    const LabFigures figures = m_record.figures();
    const bool knows = m_record.newest || m_record.result;
    const QString none = QStringLiteral("–");
    const bool isOver = m_record.isOver();
    show(m_throughput, knows ? formatFigure(figures.throughput) : none, isOver || !knows ? tr("requests/s") : tr("requests/s now"));
    show(m_p99, knows ? formatSeconds(figures.p99) : none, !knows ? tr("p99") : isOver ? tr("p99 of the run") : tr("p99 so far"));
    show(m_memory, knows && figures.memoryBytes > 0 ? formatBytes(static_cast<quint64>(figures.memoryBytes)) : none,
        !knows       ? tr("memory")
            : isOver ? tr("most memory")
                     : tr("memory now"));
    showTips(figures);
    setText(*m_facts, knows ? facts() : explanationOf(m_record.model));
    setText(*m_state, stateText());
    m_lanes->setDeath(m_record.diedAt());
    QString wrong = m_record.problem;
    if (m_record.result && !m_record.result->death.isEmpty())
        wrong = tr("%1. Requests that died with it: %L2.").arg(m_record.result->death).arg(m_record.result->lostToDeath);
    wrong = capitalised(wrong);
    QStringList sentences;
    for (const QString &note : m_record.result ? m_record.result->notes : QStringList()) {
        if (!m_sharedNotes.contains(note))
            sentences << capitalised(note);
    }
    const QString notes = sentences.join(QLatin1Char('\n'));
    const bool isProblem = !m_record.problem.isEmpty();
    const bool changes = m_problem->text() != wrong || m_notes->text() != notes || m_lanes->isHidden() != isProblem;
    setText(*m_problem, wrong);
    setText(*m_notes, notes);
    m_problem->setVisible(!wrong.isEmpty());
    m_notes->setVisible(!notes.isEmpty());
    m_lanes->setVisible(!isProblem);
    m_legend->setVisible(!isProblem);
    m_threads->setVisible(!isProblem && m_record.lanes.laneCount() > 0);
    showInWords(figures);
    if (changes)
        updateGeometry();
}

void ModelCard::showInWords(const LabFigures &figures)
{
    setAccessibleName(tr("%1, %2").arg(nameOf(m_record.model), stateText()));
    QStringList words{m_facts->text()};
    if (m_record.newest || m_record.result)
        words.prepend(tr("%1 requests a second, p99 %2").arg(formatFigure(figures.throughput), formatSeconds(figures.p99)));
    if (!m_problem->text().isEmpty())
        words << m_problem->text();
    const QString all = words.join(QStringLiteral("; "));
    if (accessibleDescription() != all)
        setAccessibleDescription(all);
}

void ModelCard::showThreads()
{
    FigureTableDialog::open(*this, [this] { return threadTable(m_record); });
}

void ModelCard::refresh(bool withFigures)
{
    if (const int height = m_lanes->heightForLanes(QWIDGETSIZE_MAX); m_lanes->maximumHeight() != height)
        m_lanes->setMaximumHeight(height);
    m_lanes->refresh();
    if (withFigures)
        showFigures();
}

} // namespace loopscope
