// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/LabPanel.h"

#include "servers/KnobSlider.h"
#include "servers/ModelLook.h"
#include "theme/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int kWidth = 262; ///< at 100 %

QIcon markIcon(ServerModel model)
{
    constexpr int side = 22;
    QPixmap picture(side, side);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    drawMark(painter, QRectF(2, 2, side - 4, side - 4), model, Theme::current().palette());
    return QIcon(picture);
}

KnobSlider::Range logarithmic(double least, double most, bool hasZero = false, int decimals = 0)
{
    return {least, most, true, hasZero, decimals};
}

} // namespace

LabPanel::LabPanel(QWidget *parent)
    : QScrollArea(parent)
    , m_layout(nullptr)
{
    setObjectName(QStringLiteral("labPanel"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget;
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(14, 12, 14, 12);
    m_layout->setSpacing(8);
    buildLoad();
    buildMachine();
    buildModels();
    m_layout->addStretch(1);
    setWidget(content);
    connect(&Theme::current(), &Theme::changed, this, &LabPanel::applyTheme);
    applyTheme();
    setScenario({});
}

QSize LabPanel::sizeHint() const { return {qRound(Theme::current().scaled(kWidth)), 400}; }

QLabel *LabPanel::addHead(const QString &title)
{
    auto *head = new QLabel(title);
    head->setObjectName(QStringLiteral("sectionTitle"));
    if (!m_heads.empty())
        m_layout->addSpacing(10);
    m_layout->addWidget(head);
    m_heads.push_back(head);
    return head;
}

KnobSlider *LabPanel::addKnob(const QString &key, KnobSlider *slider)
{
    m_layout->addWidget(slider);
    m_knobs[key] = slider;
    return slider;
}

KnobSlider *LabPanel::knob(const QString &key) const
{
    const auto found = m_knobs.find(key);
    return found != m_knobs.end() ? found->second : nullptr;
}

void LabPanel::bindLive(KnobSlider *slider, LabControls::Knob knob, std::optional<ServerModel> model)
{
    connect(slider, &KnobSlider::valueChanged, this, [this, knob, model](double value) {
        LabCommand command;
        command.model = model;
        command.settings.push_back({knob, value});
        Q_EMIT turned(command);
        Q_EMIT edited();
    });
}

void LabPanel::buildLoad()
{
    using Arrivals = ScenarioLoad::Arrivals;
    using Knob = LabControls::Knob;
    addHead(tr("Load"));
    m_arrivals = new QComboBox;
    m_arrivals->setAccessibleName(tr("How requests arrive"));
    m_arrivals->setObjectName(QStringLiteral("arrivals"));
    const std::pair<Arrivals, QString> kinds[] = {{Arrivals::Closed, tr("clients that wait and think")},
        {Arrivals::Poisson, tr("arrivals, whatever happens")}, {Arrivals::Bursts, tr("bursts")}, {Arrivals::Ramp, tr("arrivals that grow")},
        {Arrivals::Replay, tr("replayed from a file")}};
    for (const auto &[kind, words] : kinds)
        m_arrivals->addItem(words, static_cast<int>(kind));
    m_layout->addWidget(m_arrivals);
    connect(m_arrivals, &QComboBox::currentIndexChanged, this, [this] {
        if (m_isFilling)
            return;
        m_scenario.load.arrivals = static_cast<Arrivals>(m_arrivals->currentData().toInt());
        showFitting();
        Q_EMIT edited();
    });
    KnobSlider *clients = addKnob(QStringLiteral("clients"), new KnobSlider(tr("clients"), {}, logarithmic(1, 100'000)));
    connect(clients, &KnobSlider::valueChanged, this, [this](double value) { m_scenario.load.clients = qRound(value); });
    bindLive(clients, Knob::Clients);
    KnobSlider *rate = addKnob(QStringLiteral("rate"), new KnobSlider(tr("arrivals"), tr("/s"), logarithmic(1, 100'000, false, 1)));
    connect(rate, &KnobSlider::valueChanged, this, [this](double value) { m_scenario.load.rate = value; });
    bindLive(rate, Knob::Rate);
    KnobSlider *io = addKnob(
        QStringLiteral("ioMilliseconds"), new KnobSlider(tr("I/O latency added"), QStringLiteral("ms"), logarithmic(0.1, 10'000, true, 2)));
    connect(io, &KnobSlider::valueChanged, this, [this](double value) { m_scenario.extra.ioMilliseconds = value; });
    io->setToolTip(tr("Each request waits so much longer, beside what the script itself waits for"));
    bindLive(io, Knob::IoMilliseconds);
    KnobSlider *cpu =
        addKnob(QStringLiteral("cpuMilliseconds"), new KnobSlider(tr("CPU added"), QStringLiteral("ms"), logarithmic(0.01, 1000, true, 3)));
    connect(cpu, &KnobSlider::valueChanged, this, [this](double value) { m_scenario.extra.cpuMilliseconds = value; });
    cpu->setToolTip(tr("Each request computes so much longer, beside what the script itself computes"));
    bindLive(cpu, Knob::CpuMilliseconds);
    KnobSlider *seconds =
        addKnob(QStringLiteral("seconds"), new KnobSlider(tr("measured for"), QStringLiteral("s"), logarithmic(1, 3600, false, 1)));
    connect(seconds, &KnobSlider::valueChanged, this, [this](double value) {
        m_scenario.load.seconds = std::min(value, 3600.0);
        Q_EMIT edited();
    });
}

void LabPanel::buildMachine()
{
    using Knob = LabControls::Knob;
    addHead(tr("Machine"));
    KnobSlider *cores = addKnob(QStringLiteral("cores"), new KnobSlider(tr("cores"), {}, {1, 64, true, false, 0}));
    connect(cores, &KnobSlider::valueChanged, this, [this](double value) { m_scenario.machine.cores = qRound(value); });
    bindLive(cores, Knob::Cores);
    struct Threads
    {
        const char *key;
        QString name;
        int ScenarioMachine::*member;
        ServerModel model;
        double most;
    };
    const Threads all[] = {{"poolThreads", tr("pool threads"), &ScenarioMachine::poolThreads, ServerModel::ThreadPool, 1000},
        {"threadLimit", tr("threads at most"), &ScenarioMachine::threadLimit, ServerModel::ThreadPerRequest, 100'000},
        {"processes", tr("processes"), &ScenarioMachine::processes, ServerModel::Processes, 1000},
        {"loops", tr("loops of the cluster"), &ScenarioMachine::loops, ServerModel::Cluster, 64},
        {"workers", tr("workers"), &ScenarioMachine::workers, ServerModel::Workers, 64}};
    for (const Threads &each : all) {
        KnobSlider *slider = addKnob(QString::fromLatin1(each.key), new KnobSlider(each.name, {}, logarithmic(1, each.most)));
        connect(slider, &KnobSlider::valueChanged, this,
            [this, member = each.member](double value) { m_scenario.machine.*member = qRound(value); });
        bindLive(slider, Knob::Threads, each.model);
    }
}

void LabPanel::buildModels()
{
    addHead(tr("Models"));
    QList<ServerModel> all(serverModels.begin(), serverModels.end());
    all.append(ServerModel::Node);
    for (const ServerModel model : std::as_const(all)) {
        auto *box = new QCheckBox(nameOf(model));
        box->setToolTip(explanationOf(model));
        m_models.emplace_back(model, box);
        m_layout->addWidget(box);
        connect(box, &QCheckBox::toggled, this, [this] {
            if (m_isFilling)
                return;
            m_scenario.models.clear();
            for (const auto &[each, check] : m_models) {
                if (check->isChecked())
                    m_scenario.models.push_back(each);
            }
            showFitting();
            Q_EMIT edited();
        });
    }
}

void LabPanel::setScenario(const Scenario &scenario)
{
    const QScopedValueRollback<bool> filling(m_isFilling, true);
    m_scenario = scenario;
    m_arrivals->setCurrentIndex(m_arrivals->findData(static_cast<int>(scenario.load.arrivals)));
    const std::pair<const char *, double> values[] = {{"clients", scenario.load.clients}, {"rate", scenario.load.rate},
        {"ioMilliseconds", scenario.extra.ioMilliseconds}, {"cpuMilliseconds", scenario.extra.cpuMilliseconds},
        {"seconds", scenario.load.seconds}, {"cores", scenario.machine.cores}, {"poolThreads", scenario.machine.poolThreads},
        {"threadLimit", scenario.machine.threadLimit}, {"processes", scenario.machine.processes}, {"loops", scenario.machine.loops},
        {"workers", scenario.machine.workers}};
    for (const auto &[key, value] : values)
        m_knobs.at(QString::fromLatin1(key))->setValue(value);
    for (const auto &[model, box] : m_models)
        box->setChecked(std::find(scenario.models.begin(), scenario.models.end(), model) != scenario.models.end());
    showFitting();
}

void LabPanel::setTruth(Truth truth)
{
    m_scenario.truth = truth;
    showFitting();
}

void LabPanel::setRunning(bool isRunning)
{
    m_isRunning = isRunning;
    showFitting();
}

void LabPanel::showFitting()
{
    using Arrivals = ScenarioLoad::Arrivals;
    const Arrivals arrivals = m_scenario.load.arrivals;
    const auto compares = [this](ServerModel model) {
        return std::find(m_scenario.models.begin(), m_scenario.models.end(), model) != m_scenario.models.end();
    };
    m_knobs.at(QStringLiteral("clients"))
        ->setVisible(arrivals == Arrivals::Closed || m_scenario.load.protocol == ScenarioLoad::Protocol::WebSocket);
    m_knobs.at(QStringLiteral("rate"))
        ->setVisible(
            arrivals == Arrivals::Poisson || arrivals == Arrivals::Ramp || m_scenario.load.protocol == ScenarioLoad::Protocol::WebSocket);
    m_knobs.at(QStringLiteral("cores"))->setEnabled(m_scenario.truth != Truth::Real);
    m_knobs.at(QStringLiteral("cores"))
        ->setToolTip(m_scenario.truth == Truth::Real ? tr("Real servers have the cores of this machine") : QString());
    m_knobs.at(QStringLiteral("poolThreads"))->setVisible(compares(ServerModel::ThreadPool));
    m_knobs.at(QStringLiteral("threadLimit"))->setVisible(compares(ServerModel::ThreadPerRequest));
    m_knobs.at(QStringLiteral("processes"))->setVisible(compares(ServerModel::Processes));
    m_knobs.at(QStringLiteral("loops"))->setVisible(compares(ServerModel::Cluster));
    m_knobs.at(QStringLiteral("workers"))->setVisible(compares(ServerModel::Workers));
    m_knobs.at(QStringLiteral("seconds"))->setEnabled(!m_isRunning);
    m_arrivals->setEnabled(!m_isRunning);
    for (const auto &[model, box] : m_models)
        box->setEnabled(!m_isRunning && (model != ServerModel::Node || m_scenario.truth == Truth::Real));
}

void LabPanel::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    applyTheme(); // the style sheet, which comes with the first showing, undoes fonts
}

void LabPanel::applyTheme()
{
    const Theme &theme = Theme::current();
    setFixedWidth(qRound(theme.scaled(kWidth)));
    for (QLabel *head : m_heads)
        head->setFont(theme.font(Theme::TextRole::Head));
    const int side = qRound(theme.scaled(11));
    for (const auto &[model, box] : m_models) {
        box->setIcon(markIcon(model));
        box->setIconSize({side, side});
    }
}

} // namespace loopscope
