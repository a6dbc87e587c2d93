// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "RunChoices.h"
#include "StudioActions.h"
#include "profile/ProfileView.h"
#include "state/RecordingIndex.h"

#include <QMainWindow>
#include <QTimer>

#include <functional>

class QLabel;

namespace loopscope {

class Banner;
class PaceButton;
class PresenterMode;
class PromisePane;
class QueueGoalBar;
class ComparisonView;
class ForkController;
class LessonFiles;
class LessonsWorkspace;
class RunPair;
class RunSession;
class RunToCommands;
class ScriptDocument;
class ServersView;
class SourceEditor;
class SourcePane;
class StepWorkspace;
class Stepper;
class TopBar;
class Tour;
class UnsavedText;
class Workspaces;
class WorkspaceDocks;
class WrittenView;
struct LoopState;
struct SourceText;

/// What to run, and how, if not the text in the editor without arguments.
struct RunSetup
{
    QString file; ///< empty: what the document says
    QStringList arguments;
    QStringList runnerOptions;
    bool passesBreakpoints = false; ///< until Stepper::setBreakpoints
};

/// The window: bar, banner, docks, status line, and what each command does. It never runs a script itself; see RunSession.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    enum class Memory : quint8 {
        Remember, ///< layout, theme, zoom and recent files come from and go to the settings
        Forget, ///< for pictures and tests
    };
    explicit MainWindow(Memory memory = Memory::Remember, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// A script or a recording; problems are said in the banner. False if it could not be opened.
    bool openFile(const QString &path);
    /// Who starts the program for the first time is shown around, or, with a script of their own, offered to be.
    void welcome(const QString &file);
    /// Runs the script in the editor from its start, without stopping at its first event.
    void runFromStart();
    /// Starts the runner on the script, paused before its first event; false if the script cannot be written.
    bool startRun(const RunSetup &setup);
    /// The same, the way the person chose for this script.
    bool startRun();
    const RunChoices &runChoices() const { return m_choices; }
    void setRunChoices(const RunChoices &choices);
    /// The shown session holds another run, with this script; null if it has none. Where the editor's text is not the one that ran, the
    /// source pane shows that one.
    void showTextOfRun(const SourceText *script);
    /// The Servers workspace.
    void showServers();
    bool showsServers() const;
    /// The Profile workspace, of what the Step workspace shows.
    void showProfile();
    bool showsProfile() const;
    /// Two recordings, compared in the Profile workspace; the second is the one that is shown. False if either could not be opened.
    bool openComparison(const QString &before, const QString &after);
    /// A scenario of the server lab, or a run of it that was kept (.jsonl), in the Servers workspace.
    bool openScenario(const QString &path);
    /// The Lessons workspace, with a folder of lessons or a bundle (empty: the course that comes with the program), and a lesson of it at a
    /// step. False, and said in the banner, if there is none of these.
    bool openLessons(const QString &path, const QString &lesson = {}, const QString &step = {});
    /// Goes on at once if nothing is unsaved (true), else asks in the banner and goes on when the person says so.
    bool whenLeft(const std::function<void()> &goOn);
    /// Which commands can be used now, and what the status line says.
    void updateActions();

    LessonsWorkspace &lessons() { return *m_lessons; }
    PresenterMode &presenter() { return *m_presenter; }
    LessonFiles &lessonFiles() { return *m_lessonFiles; }
    RunPair &runs() { return *m_pair; }
    ForkController &forks() { return *m_forks; }
    ComparisonView &comparison() { return *m_comparison; }
    WrittenView &written() { return *m_written; }
    RunSession &session() { return *m_session; }
    Stepper &stepper() { return *m_stepper; }
    StepWorkspace &workspace() { return *m_workspace; }
    ScriptDocument &document() { return *m_document; }
    /// The script's own editor.
    SourceEditor &editor() { return *m_editor; }
    ServersView &servers() { return *m_servers; }
    ProfileView &profile() { return *m_profile; }
    SourcePane &source() { return *m_source; }
    Banner &banner() { return *m_banner; }
    QueueGoalBar &queueBar() { return *m_queueBar; }
    PaceButton &pace();
    Tour &tour() { return *m_tour; }
    const StudioActions &commands() const { return m_actions; }

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildDocks();
    void buildStatusLine();
    void connectActions();
    void connectSteps();
    void connectDocument();
    void connectUnsaved();
    void connectShow();
    void connectWelcome();
    void connectServers();
    void connectProfile();
    void connectLessons();
    void fillExports();
    /// As many keys in the status line as there is room for.
    void fitKeys();
    void exportView(QWidget &view, const QString &title);
    void exportPicture(const ProfileView::Picture &picture);
    void exportWalk();
    /// What a crash left behind, in the banner.
    void offerUnsaved();
    void fillRecent();
    void fillFiles();
    /// The document's place changed: that is the script's in the source pane.
    void scriptChanged(const QString &path);
    void remember(const QString &path);
    void restoreSettings();
    void setMotion(int motion);
    void saveSettings() const;

    void newScript();
    void openExample(const QString &resourcePath);
    void newFromTemplate(const QString &resourcePath);
    void startTour();
    void chooseFile();
    void chooseRecording();
    bool saveScript();
    bool saveScriptAs();
    void saveRecording();
    void openRecording(const QString &path);
    /// Of several the first that can be meant; what cannot be opened is said in the banner.
    void openDropped(const QList<QUrl> &urls);
    void serveScript();
    void workspaceChanged();
    void updateServersActions();
    void updateProfileActions();
    QList<QWidget *> serversViews() const;
    void showKeys();
    void showAbout();

    void run();
    void chooseHowToRun();
    /// `permissions`: as options of `loopscope run`.
    void allowAndRunAgain(const QStringList &permissions);
    /// Of a script that caught the error; offers to allow it.
    void sayWhatWasRefused();
    /// Starts the run if there is none to step in.
    bool isReadyToStep();
    void step(Landmark landmark);
    void sessionStateChanged();
    void sayHowItEnded();
    /// What the runner wrote when it refused the script: the banner and the line in the editor.
    void showRefusal(const QString &message);
    void showUncaught(const LoopState &end);
    /// Marks a line of a file with what went wrong there; false if there is no text of it.
    bool markError(const QString &path, int line, const QString &text);
    void goToLine(const QString &path, int line);
    void updateTitle();
    void updateStatus();
    /// Where the run stands, in a word or two.
    QString stateText() const;
    QString openedText() const;
    void zoom(int percent);
    /// A word in the status line that goes by itself.
    void note(const QString &text);
    /// Gives the keyboard to another view: Tab belongs to the editor's text.
    void goToView(int step);

    Memory m_memory;
    StudioActions m_actions;
    RunSession *m_session;
    Stepper *m_stepper;
    SourcePane *m_source;
    SourceEditor *m_editor; ///< the script's
    ScriptDocument *m_document;
    UnsavedText *m_unsaved;
    QString m_textThatRan;
    RunChoices m_choices; ///< of the script in the editor
    QString m_choicesOf; ///< its path
    StepWorkspace *m_workspace;
    RunPair *m_pair;
    ComparisonView *m_comparison;
    TopBar *m_bar;
    Banner *m_banner;
    QueueGoalBar *m_queueBar;
    PromisePane *m_promises;
    WrittenView *m_written;
    WorkspaceDocks *m_docks;
    ForkController *m_forks;
    PresenterMode *m_presenter;
    Tour *m_tour;
    ServersView *m_servers;
    ProfileView *m_profile;
    LessonsWorkspace *m_lessons;
    LessonFiles *m_lessonFiles = nullptr;
    bool m_isArrangedForLessons = false; ///< presenter mode
    Workspaces *m_workspaces = nullptr;
    quint64 m_tourCursor = 0; ///< where the tour's stop began
    QString m_exportFolder; ///< where the last picture went
    bool m_endingSaid = false;
    bool m_isPlaced = false; ///< docks have their sizes
    QLabel *m_placeLabel = nullptr;
    QLabel *m_sizeLabel = nullptr;
    QLabel *m_runLabel = nullptr;
    QLabel *m_noteLabel = nullptr; ///< a word that goes by itself
    QTimer m_noteTimer;
    QLabel *m_keysLabel = nullptr;
};

} // namespace loopscope
