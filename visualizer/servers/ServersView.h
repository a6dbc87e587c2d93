// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/ComparisonProcess.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QMenu;
class QScrollArea;
class QVBoxLayout;

namespace loopscope {

class CardGrid;
class ChartCard;
class ComparisonCard;
class FigureChart;
class FollowCard;
class FollowView;
class HistogramChart;
class LabPanel;
class LaneWindow;
class RunRecorder;
class ModelCard;
class ServersBar;
class ServersStatus;
class SweepCard;
class VerdictView;

/// The Servers workspace: one script as several kinds of server, side by side, while they run. The window hosts bar() and status() on its
/// own bar and status line.
class ServersView : public QWidget
{
    Q_OBJECT
public:
    explicit ServersView(QWidget *parent = nullptr);
    ~ServersView() override;

    ServersBar &bar() const { return *m_bar; }
    ServersStatus &status() const { return *m_status; }
    ComparisonProcess &session() const { return *m_session; }
    LabPanel &panel() const { return *m_panel; }
    FollowView &followed() const;
    FollowCard &followCard() const { return *m_follow; }
    HistogramChart &histogram() const { return *m_histogram; }
    VerdictView &verdict() const { return *m_verdict; }
    const QList<ModelCard *> &cards() const { return m_cards; }

    /// False, with said(), if the file is no scenario.
    bool openScenario(const QString &path);
    bool openPreset(const QString &name);
    /// An entry a preset, which opens it.
    void fillPresets(QMenu &menu);
    bool saveScenario(const QString &path);
    /// The script becomes the server; the rest of the scenario stays.
    void setScript(const QString &path);
    bool hasScript() const;
    /// The lines of a run, to be opened again. False, with said(), if it cannot be read.
    bool openRun(const QString &path);
    bool saveRun(const QString &path);
    void run();
    void stop();
    /// Through all models, 0 for none; asks the run to tell it if it has not.
    void follow(qint64 number);
    void focusFollowField();
    SweepCard &sweep() const { return *m_sweep; }
    void showSweep();
    /// Runs a model once more, simulated, and keeps everything; then recorded().
    void record(ServerModel model);
    /// Models of which there can be recordings.
    std::vector<ServerModel> recordable() const;
    ComparisonCard &comparison() const { return *m_comparison; }
    /// Puts a run that was kept beside this one. False, with said(), if it cannot be read.
    bool compareWith(const QString &path);
    /// RunReport.h says as what; false, with said(), if it cannot be written.
    bool exportTo(const QString &path);
    /// Everything that the session holds is drawn; for pictures.
    bool isUpToDate() const { return !m_isDirty; }
    /// The widgets that can be saved as a picture of their own, with their titles.
    QList<std::pair<QString, QWidget *>> pictures() const;

Q_SIGNALS:
    /// A sentence for the person: `isProblem`, or a note.
    void said(const QString &sentence, bool isProblem);
    void recorded(const QString &path);
    /// Another scenario, or it began or ended.
    void changed();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildContent(QVBoxLayout &layout);
    void addCharts();
    void connectParts();
    void scenarioReplaced();
    void recordReplaced();
    void sessionStateChanged();
    void showOutcome();
    void showSharedNotes();
    void markDirty();
    void drawFrame();
    /// Seconds of the run: up to which lanes are shown, and up to which some are told.
    std::pair<double, double> lanesTold() const;
    void drawNextChart();
    void makeCards();
    void takeScenario(const Scenario &scenario);

    ComparisonProcess *m_session;
    RunRecorder *m_recorder;
    LabRecord m_expected; ///< empty places of the models that the next run will have
    LaneWindow *m_window;
    ServersBar *m_bar;
    ServersStatus *m_status;
    LabPanel *m_panel;
    QScrollArea *m_scroll;
    VerdictView *m_verdict;
    CardGrid *m_cardGrid;
    QList<ModelCard *> m_cards;
    QLabel *m_sharedNotes; ///< below the cards
    CardGrid *m_firstCharts;
    CardGrid *m_moreCharts;
    FollowCard *m_follow;
    SweepCard *m_sweep;
    ComparisonCard *m_comparison;
    QList<FigureChart *> m_charts;
    HistogramChart *m_histogram;
    QList<ChartCard *> m_inTurn; ///< the charts, as they are drawn: one a frame
    QTimer m_frames;
    QElapsedTimer m_sinceFigures;
    bool m_isDirty = false;
    qsizetype m_nextChart = 0;
    qsizetype m_chartsLeft = 0; ///< to be drawn since something was told
    double m_shownTime = 0; ///< glides after the run's
};

} // namespace loopscope
