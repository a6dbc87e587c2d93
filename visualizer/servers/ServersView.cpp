// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/ServersView.h"

#include "servers/CardGrid.h"
#include "servers/ComparisonCard.h"
#include "servers/FigureChart.h"
#include "servers/FollowCard.h"
#include "servers/FollowView.h"
#include "servers/HistogramChart.h"
#include "servers/LabPanel.h"
#include "servers/LaneWindow.h"
#include "servers/ModelCard.h"
#include "servers/RunRecorder.h"
#include "servers/RunReport.h"
#include "servers/ServersBar.h"
#include "servers/ServersStatus.h"
#include "servers/SweepCard.h"
#include "servers/VerdictView.h"
#include "servers/lab/WholeFile.h"
#include "servers/presets/LabPresets.h"
#include "theme/Theme.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr int kFrame = 16; ///< ms
constexpr int kFrameBesideReal = 50; ///< ms; real servers share this machine with the window
constexpr int kFigures = 250; ///< ms between two looks at figures: faster they cannot be read

} // namespace

ServersView::ServersView(QWidget *parent)
    : QWidget(parent)
    , m_session(new ComparisonProcess(this))
    , m_recorder(new RunRecorder(this))
    , m_window(new LaneWindow(this))
    , m_bar(new ServersBar)
    , m_status(new ServersStatus)
    , m_panel(new LabPanel)
    , m_scroll(new QScrollArea)
    , m_verdict(new VerdictView)
    , m_cardGrid(new CardGrid(300))
    , m_sharedNotes(new QLabel)
    , m_firstCharts(new CardGrid(380))
    , m_moreCharts(new CardGrid(380))
    , m_follow(new FollowCard)
    , m_sweep(new SweepCard)
    , m_comparison(new ComparisonCard)
    , m_histogram(new HistogramChart)
{
    setObjectName(QStringLiteral("serversView"));
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    buildContent(*column);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_panel);
    layout->addWidget(m_scroll, 1);
    m_frames.setTimerType(Qt::PreciseTimer);
    connectParts();
    fillPresets(m_bar->presets());
    scenarioReplaced();
}

ServersView::~ServersView()
{
    m_session->disconnect(this);
    m_session->clear(); // while those that read its record are there
}

void ServersView::buildContent(QVBoxLayout &layout)
{
    layout.setContentsMargins(12, 12, 12, 12);
    layout.setSpacing(12);
    layout.addWidget(m_verdict);
    layout.addWidget(m_comparison);
    m_comparison->hide();
    layout.addWidget(m_cardGrid);
    m_sharedNotes->setObjectName(QStringLiteral("labFact"));
    m_sharedNotes->setWordWrap(true);
    m_sharedNotes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sharedNotes->hide();
    layout.addWidget(m_sharedNotes);
    layout.addWidget(m_follow);
    layout.addWidget(m_firstCharts);
    layout.addWidget(m_sweep);
    m_sweep->hide();
    addCharts();
    layout.addWidget(m_moreCharts);
    layout.addStretch(1);
}

void ServersView::addCharts()
{
    using Scale = FigureChart::Scale;
    const auto add = [this](CardGrid &grid, FigureChart *chart) {
        grid.add(chart);
        m_charts.append(chart);
    };
    add(*m_firstCharts, new FigureChart(tr("throughput"), {{Figure::Throughput}}, Scale::FromZero));
    add(*m_firstCharts,
        new FigureChart(tr("latency"),
            {{Figure::P50, Qt::DashLine}, {Figure::P90, Qt::DashDotLine, false}, {Figure::P99, Qt::SolidLine},
                {Figure::P999, Qt::DotLine, false}},
            Scale::Logarithmic));
    add(*m_moreCharts,
        new FigureChart(tr("in flight and queued"), {{Figure::InFlight, Qt::SolidLine}, {Figure::Queued, Qt::DotLine}}, Scale::FromZero));
    m_moreCharts->add(m_histogram);
    add(*m_moreCharts, new FigureChart(tr("CPU"), {{Figure::Cpu}}, Scale::FromZero));
    add(*m_moreCharts, new FigureChart(tr("memory"), {{Figure::Memory}}, Scale::Logarithmic));
    add(*m_moreCharts, new FigureChart(tr("context switches"), {{Figure::Switches}}, Scale::FromZero));
    add(*m_moreCharts, new FigureChart(tr("errors and refusals"), {{Figure::Failures}}, Scale::FromZero));
    for (FigureChart *chart : std::as_const(m_charts))
        m_inTurn.append(chart);
    m_inTurn.append(m_histogram);
}

void ServersView::connectParts()
{
    connect(m_recorder, &RunRecorder::recorded, this, &ServersView::recorded);
    connect(m_recorder, &RunRecorder::failed, this, [this](const QString &sentence) { Q_EMIT said(sentence, true); });
    connect(m_session, &ComparisonProcess::replaced, this, &ServersView::recordReplaced);
    connect(m_session, &ComparisonProcess::stateChanged, this, &ServersView::sessionStateChanged);
    connect(m_session, &ComparisonProcess::grew, this, &ServersView::markDirty);
    connect(m_session, &ComparisonProcess::requestTold, this, [this](qint64 number) {
        if (number == m_follow->request())
            m_follow->refresh();
    });
    connect(m_bar, &ServersBar::sweepRequested, this, &ServersView::showSweep);
    connect(m_sweep, &SweepCard::changed, this, &ServersView::changed);
    connect(m_comparison, &ComparisonCard::closed, m_comparison, &QWidget::hide);
    connect(&m_frames, &QTimer::timeout, this, &ServersView::drawFrame);
    connect(m_bar, &ServersBar::runRequested, this, &ServersView::run);
    connect(m_bar, &ServersBar::stopRequested, this, &ServersView::stop);
    connect(m_bar, &ServersBar::truthChosen, this, [this](Truth truth) {
        m_panel->setTruth(truth);
        scenarioReplaced();
    });
    connect(m_bar, &ServersBar::paceChosen, this, [this](double pace) {
        LabCommand command;
        command.settings.push_back({LabControls::Knob::Pace, pace});
        m_session->send(command);
        markDirty();
    });
    connect(m_panel, &LabPanel::turned, m_session, &ComparisonProcess::send);
    connect(m_panel, &LabPanel::edited, this, [this] {
        if (m_session->state() == ComparisonProcess::State::Empty)
            scenarioReplaced();
    });
    connect(m_follow, &FollowCard::requestChosen, this, &ServersView::follow);
    connect(m_follow, &FollowCard::runAgainRequested, this, &ServersView::run);
    connect(m_histogram, &HistogramChart::latencyChosen, m_follow, &FollowCard::chooseByLatency);
    connect(m_charts.at(1), &FigureChart::momentChosen, m_follow, &FollowCard::chooseByArrival);
}

void ServersView::fillPresets(QMenu &menu)
{
    for (const LabPreset &preset : labPresets()) {
        QAction *action = menu.addAction(preset.title);
        action->setToolTip(preset.description + u'\n' + preset.lookFor);
        connect(action, &QAction::triggered, this, [this, name = preset.name] { openPreset(name); });
    }
}

bool ServersView::openPreset(const QString &name)
{
    QString problem;
    const auto path = placeLabPreset(name, labPresetFolder(), &problem);
    if (path)
        return openScenario(*path);
    Q_EMIT said(problem, true);
    return false;
}

bool ServersView::openScenario(const QString &path)
{
    QString problem;
    std::optional<Scenario> scenario = Scenario::read(path, &problem);
    if (!scenario) {
        Q_EMIT said(problem, true);
        return false;
    }
    if (!scenario->load.replayFile.isEmpty())
        scenario->load.replayFile = QFileInfo(path).dir().absoluteFilePath(scenario->load.replayFile);
    takeScenario(*scenario);
    return true;
}

void ServersView::takeScenario(const Scenario &scenario)
{
    m_session->clear();
    m_panel->setScenario(scenario);
    m_bar->setTruth(scenario.truth);
    m_follow->setRequest(0);
    scenarioReplaced();
}

bool ServersView::saveScenario(const QString &path)
{
    const QString error = writeWholeFile(path, QJsonDocument(m_panel->scenario().toJson()).toJson());
    if (!error.isNull())
        Q_EMIT said(tr("%1 cannot be written: %2. Choose another place.").arg(QDir::toNativeSeparators(path), error), true);
    return error.isNull();
}

void ServersView::setScript(const QString &path)
{
    Scenario scenario;
    scenario.models = m_panel->scenario().models;
    scenario.machine = m_panel->scenario().machine;
    scenario.truth = m_panel->scenario().truth;
    scenario.script = path;
    scenario.title = QFileInfo(path).fileName();
    scenario.description = tr("Your own script as the server: clients ask for / and wait for the answer.");
    takeScenario(scenario);
}

bool ServersView::hasScript() const { return !m_panel->scenario().script.isEmpty(); }

bool ServersView::openRun(const QString &path)
{
    if (!m_session->openStream(path)) {
        Q_EMIT said(m_session->failure(), true);
        return false;
    }
    if (m_session->told()) {
        m_panel->setScenario(m_session->told()->scenario);
        m_bar->setTruth(m_session->told()->scenario.truth);
        m_bar->setTitle(m_session->told()->scenario.title);
    }
    return true;
}

bool ServersView::saveRun(const QString &path)
{
    QFile stream(m_session->streamPath());
    QString error;
    if (stream.open(QIODevice::ReadOnly)) {
        // Mapped, not read: it may be larger than memory. What stood there before goes only when the new file is whole.
        const uchar *content = stream.size() > 0 ? stream.map(0, stream.size()) : nullptr;
        error =
            writeWholeFile(path, QByteArray::fromRawData(reinterpret_cast<const char *>(content), content != nullptr ? stream.size() : 0));
    } else {
        error = stream.errorString();
    }
    if (!error.isNull())
        Q_EMIT said(tr("The run cannot be saved as %1: %2. Choose another place.").arg(QDir::toNativeSeparators(path), error), true);
    return error.isNull();
}

void ServersView::run()
{
    const Scenario &scenario = m_panel->scenario();
    if (m_session->isLive() || m_sweep->isLive())
        return;
    if (scenario.script.isEmpty() || scenario.models.empty()) {
        Q_EMIT said(scenario.script.isEmpty()
                ? tr("There is no server yet: choose a preset, or compare servers with your script (Lab menu).")
                : tr("No model is chosen: check at least one on the left."),
            false);
        return;
    }
    if (const QString problem = scenario.problem(); !problem.isNull()) {
        Q_EMIT said(problem, true);
        return;
    }
    m_session->start(scenario, {scenario.truth != Truth::Real ? m_bar->pace() : 0, m_follow->request()});
}

void ServersView::stop()
{
    m_session->stop();
    m_sweep->stop();
}

void ServersView::follow(qint64 number)
{
    if (number <= 0)
        return;
    m_follow->setRequest(number);
    LabCommand command;
    command.settings.push_back({LabControls::Knob::Follow, static_cast<double>(number)});
    m_session->send(command);
}

void ServersView::focusFollowField()
{
    m_scroll->ensureWidgetVisible(m_follow);
    m_follow->field().setFocus();
    m_follow->field().selectAll();
}

FollowView &ServersView::followed() const { return m_follow->view(); }

std::vector<ServerModel> ServersView::recordable() const
{
    std::vector<ServerModel> models = m_panel->scenario().models;
    std::erase(models, ServerModel::Node);
    if (!hasScript())
        models.clear();
    return models;
}

void ServersView::record(ServerModel model)
{
    Q_EMIT said(tr("Running \"%1\" once more in virtual time, to keep all that happens …").arg(nameOf(model)), false);
    m_recorder->start(m_panel->scenario(), model);
}

void ServersView::showSweep()
{
    m_sweep->setScenario(m_panel->scenario());
    m_sweep->show();
    // Its place is known when the page has been laid out.
    QTimer::singleShot(0, this, [this] {
        m_scroll->ensureWidgetVisible(m_sweep, 0, qRound(Theme::current().scaled(40)));
        m_sweep->focusFirst();
    });
}

bool ServersView::compareWith(const QString &path)
{
    QString problem;
    const auto other = reportOfRun(path, &problem);
    const auto shown = other ? reportOfRun(m_session->streamPath(), &problem) : std::nullopt;
    if (!other || !shown) {
        Q_EMIT said(problem, true);
        return false;
    }
    m_comparison->compare(*shown, *other, QFileInfo(path).fileName());
    m_comparison->show();
    m_scroll->verticalScrollBar()->setValue(0);
    return true;
}

bool ServersView::exportTo(const QString &path)
{
    QString problem;
    const auto report = reportOfRun(m_session->streamPath(), &problem);
    if (report)
        problem = exportRun(*report, path);
    if (problem.isEmpty())
        return true;
    Q_EMIT said(problem, true);
    return false;
}

void ServersView::scenarioReplaced()
{
    const Scenario &scenario = m_panel->scenario();
    m_bar->setTitle(scenario.title.isEmpty() ? QFileInfo(scenario.script).fileName() : scenario.title);
    if (m_session->state() == ComparisonProcess::State::Empty)
        recordReplaced();
    m_verdict->showScenario(scenario, m_session->state() == ComparisonProcess::State::Empty);
    m_sweep->setScenario(scenario);
    Q_EMIT changed();
}

void ServersView::recordReplaced()
{
    m_shownTime = 0;
    m_comparison->hide();
    m_window->setFollows(true);
    makeCards();
    markDirty();
}

void ServersView::makeCards()
{
    const bool hasRun = m_session->state() != ComparisonProcess::State::Empty;
    const LabRecord *record = hasRun ? &m_session->record() : &m_expected;
    m_cardGrid->clear();
    m_cards.clear();
    m_expected.clear();
    if (!hasRun) {
        for (const ServerModel model : m_panel->scenario().models)
            m_expected.expect(model, m_panel->scenario().truth);
    }
    for (const auto &model : record->models()) {
        auto *card = new ModelCard(*model, *m_window);
        connect(card, &ModelCard::requestChosen, this, &ServersView::follow);
        if (const ServerModel kind = model->model; kind != ServerModel::Node) {
            auto *step = new QAction(tr("&Step through a recording of this model"), card);
            connect(step, &QAction::triggered, this, [this, kind] { this->record(kind); });
            card->addAction(step);
            card->setContextMenuPolicy(Qt::ActionsContextMenu);
        }
        m_cards.append(card);
        m_cardGrid->add(card);
    }
    m_moreCharts->setVisible(hasRun); // before it, two empty ones tell enough
    const double seconds = m_panel->scenario().load.seconds;
    for (FigureChart *chart : std::as_const(m_charts))
        chart->setRecord(hasRun ? record : nullptr, seconds);
    m_histogram->setRecord(hasRun ? record : nullptr);
    m_follow->setRecord(hasRun ? record : nullptr);
    if (m_session->state() == ComparisonProcess::State::Ended)
        m_follow->chooseIfNone(); // of a run that was opened
}

void ServersView::sessionStateChanged()
{
    const bool isLive = m_session->isLive();
    m_bar->setRunning(isLive);
    m_panel->setRunning(isLive);
    m_sweep->setBusy(isLive);
    if (m_session->state() == ComparisonProcess::State::Failed) {
        m_verdict->showFailure(m_session->failure());
    } else if (m_session->state() == ComparisonProcess::State::Ended) {
        showOutcome();
        m_follow->chooseIfNone();
    } else {
        m_verdict->showScenario(m_panel->scenario(), m_session->state() == ComparisonProcess::State::Empty);
    }
    markDirty();
    Q_EMIT changed();
}

void ServersView::showOutcome()
{
    const auto &models = m_session->record().models();
    const bool noneRan =
        !models.empty() && std::all_of(models.begin(), models.end(), [](const auto &model) { return !model->problem.isEmpty(); });
    if (noneRan)
        m_verdict->showFailure(models.front()->problem);
    else
        m_verdict->showVerdict(m_session->verdict());
}

void ServersView::showSharedNotes()
{
    // What every model says, if there are several.
    QStringList shared;
    const auto &models = m_session->record().models();
    if (models.size() > 1 && models.front()->result)
        shared = models.front()->result->notes;
    for (const auto &model : models)
        shared.removeIf([&model](const QString &note) { return !model->result || !model->result->notes.contains(note); });
    m_sharedNotes->setVisible(!shared.isEmpty());
    m_sharedNotes->setText(tr("All models: %1").arg(shared.join(u' ')));
    m_sharedNotes->setFont(Theme::current().font(Theme::TextRole::Fact));
    for (ModelCard *card : std::as_const(m_cards))
        card->setSharedNotes(shared);
}

void ServersView::markDirty()
{
    m_isDirty = true;
    m_chartsLeft = m_inTurn.size();
    if (!m_frames.isActive())
        m_frames.start(m_panel->scenario().truth == Truth::Real ? kFrameBesideReal : kFrame);
}

std::pair<double, double> ServersView::lanesTold() const
{
    std::optional<double> shown;
    double last = 0;
    for (const ModelCard *card : m_cards) {
        const ModelRecord &record = card->record();
        if (record.lanes.laneCount() == 0)
            continue;
        const std::optional<double> death = record.diedAt();
        // At the end the death of a server is what is shown, with what went on elsewhere just after it.
        const double told = death && !m_session->isLive() ? *death + m_window->span() * 0.4 : record.lanes.toldUpTo();
        last = std::max(last, told);
        // The last moment that all have, of those that run or, at the end, of all. Real servers run one after the other, each from the
        // beginning of time.
        if (!m_session->isLive() || !record.isOver())
            shown = std::min(told, shown.value_or(told));
    }
    return {shown.value_or(last), last};
}

void ServersView::drawFrame()
{
    if (m_cards.size() != static_cast<qsizetype>(m_session->record().models().size())
        && m_session->state() != ComparisonProcess::State::Empty)
        makeCards(); // somebody spoke who was not expected
    const auto [newest, last] = lanesTold();
    // Samples come ten times a second; what moves between them glides.
    const double pixel = m_window->span() / 400;
    const double behind = newest - m_shownTime;
    m_shownTime = behind < pixel || behind > 2 * m_window->span() || !m_session->isLive() ? newest : m_shownTime + behind * 0.18;
    m_window->advance(m_shownTime, last);
    const bool withFigures = !m_sinceFigures.isValid() || m_sinceFigures.elapsed() >= kFigures || !m_session->isLive();
    if (withFigures) {
        m_sinceFigures.start();
        const Scenario &scenario = m_panel->scenario();
        const QString truth =
            scenario.truth == Truth::Real ? nameOf(scenario.truth) : tr("%1 · seed %2").arg(nameOf(scenario.truth)).arg(scenario.seed);
        m_status->show(*m_session, truth, m_bar->pace());
        m_follow->refresh();
        showSharedNotes();
    }
    for (ModelCard *card : std::as_const(m_cards)) {
        card->setLive(m_session->isLive());
        card->refresh(withFigures);
    }
    // A chart takes as long as all lanes: one a frame, so that each is drawn some seven times a second.
    if (m_chartsLeft > 0)
        drawNextChart();
    if (m_chartsLeft > 0 || m_shownTime != newest)
        return;
    m_frames.stop(); // until more is told
    m_isDirty = false;
}

void ServersView::drawNextChart()
{
    ChartCard *chart = m_inTurn.at(m_nextChart);
    m_nextChart = (m_nextChart + 1) % m_inTurn.size();
    --m_chartsLeft;
    chart->refresh();
}

QList<std::pair<QString, QWidget *>> ServersView::pictures() const
{
    QList<std::pair<QString, QWidget *>> all{{tr("Models"), m_cardGrid}, {tr("Followed request"), m_follow}};
    for (FigureChart *chart : m_charts)
        all.append({chart->title(), chart});
    all.append({m_histogram->title(), m_histogram});
    if (m_sweep->isVisible())
        all.append({tr("Sweep"), m_sweep});
    if (m_comparison->isVisible())
        all.append({tr("Comparison"), m_comparison});
    return all;
}

void ServersView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!hasScript() && m_session->state() == ComparisonProcess::State::Empty && !labPresets().empty())
        openPreset(labPresets().front().name); // something to begin with
}

} // namespace loopscope
