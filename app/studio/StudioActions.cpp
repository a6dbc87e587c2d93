// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "StudioActions.h"

#include "theme/Icons.h"
#include "theme/Theme.h"

#include <QAction>
#include <QActionGroup>
#include <QKeySequence>
#include <QMenu>
#include <QMenuBar>

namespace loopscope {

StudioActions::StudioActions(QWidget &window)
{
    makeFile(window);
    makeRun(window);
    makeSteps(window);
    makeRunTo(window);
    makeFork(window);
    makeView(window);
    makeLab(window);
    makeLessons(window);
    const std::pair<QAction *, const char *> icons[] = {{nextEvent, "next-event"}, {previousEvent, "previous-event"},
        {nextCallback, "next-callback"}, {nextPhase, "next-phase"}, {nextIteration, "next-iteration"},
        {previousIteration, "previous-iteration"}, {run, "run"}, {playBack, "play-back"}, {pause, "pause"}, {stop, "stop"},
        {presenter, "presenter"}};
    for (const auto &[action, name] : icons)
        m_icons.append({action, QString::fromLatin1(name)});
    setIcons(Theme::current().palette());
}

void StudioActions::setIcons(const Palette &palette) const
{
    for (const auto &[action, name] : m_icons) {
        action->setIcon(commandIcon(name, palette.text, palette.faint));
        action->setIconVisibleInMenu(false);
    }
}

QAction *StudioActions::add(QWidget &window, const QString &text, const QString &barText, const QString &key, const QString &tip) const
{
    auto *action = new QAction(text, &window);
    const auto sequences = QKeySequence::listFromString(key);
    action->setShortcuts(sequences);
    if (!barText.isEmpty())
        action->setIconText(barText);
    QString shown = tip.isEmpty() ? QString(text).remove(QLatin1Char('&')) : tip;
    if (!sequences.isEmpty())
        shown += QStringLiteral(" (%1)").arg(sequences.constFirst().toString(QKeySequence::NativeText));
    action->setToolTip(shown);
    window.addAction(action);
    return action;
}

void StudioActions::makeFile(QWidget &window)
{
    newScript = add(window, tr("&New script"), {}, QStringLiteral("Ctrl+N"));
    open = add(window, tr("&Open…"), {}, QStringLiteral("Ctrl+O"), tr("Open a script or a recording"));
    openRecording = add(window, tr("Open &recording…"), {}, QStringLiteral("Ctrl+Shift+O"));
    save = add(window, tr("&Save"), {}, QStringLiteral("Ctrl+S"));
    saveAs = add(window, tr("Save &as…"), {}, QStringLiteral("Ctrl+Shift+S"));
    saveRecording = add(window, tr("Save recordin&g as…"), {}, QStringLiteral("Ctrl+Alt+S"));
    quit = add(window, tr("&Quit"), {}, QStringLiteral("Ctrl+Q"));
    examples = new QMenu(tr("&Examples"), &window);
    recent = new QMenu(tr("Open re&cent"), &window);
    templates = new QMenu(tr("New from &template"), &window);
    exportWalk = add(window, tr("Export the &walk…"), {}, {}, tr("An animated picture, or numbered ones for slides"));
    exportWritten = add(window, tr("Export written &files…"), {}, {}, tr("Copies what the script wrote in memory into a folder"));
    exportView = new QMenu(tr("Export &view"), &window);
    tour = add(window, tr("&Tour"), {}, {}, tr("Shows a new person around"));
    keys = add(window, tr("&Keys"), {}, QStringLiteral("F1"), tr("Every command and its key"));
    about = add(window, tr("&About Loopscope"), {}, {});
}

void StudioActions::makeRun(QWidget &window)
{
    run = add(window, tr("&Run"), tr("Run"), QStringLiteral("F5"), tr("Run, or go on to the next breakpoint"));
    runAgain = add(window, tr("Run from the &start"), tr("Run again"), QStringLiteral("Ctrl+F5"), tr("End this run and start anew"));
    chooseRun = add(window, tr("&How to run…"), {}, QStringLiteral("Ctrl+R"),
        tr("Simulated or real clock and I/O, seed, arguments, and what the script may touch"));
    playBack = add(window, tr("Play &back"), tr("Back"), QStringLiteral("Ctrl+Shift+F5"),
        tr("Play backward, to the breakpoint that was passed last, or to the start; the script never notices"));
    pause = add(window, tr("&Pause"), tr("Pause"), QStringLiteral("F6"));
    stop = add(window, tr("S&top"), tr("Stop"), QStringLiteral("Shift+F5"), tr("End the script; what it recorded stays"));
    faster = add(window, tr("&Faster"), {}, QStringLiteral("Ctrl+."), tr("Run at a quicker pace"));
    slower = add(window, tr("Sl&ower"), {}, QStringLiteral("Ctrl+,"), tr("Run at a slower pace"));
    toggleBreakpoint = add(
        window, tr("Breakpo&int on this line"), {}, QStringLiteral("F9"), tr("Set or clear a breakpoint on the line with the text cursor"));
    setCondition = add(
        window, tr("Breakpoint with a con&dition…"), {}, QStringLiteral("Ctrl+F9"), tr("Stop on this line only if an expression is true"));
    showValue = add(window, tr("Show the &value"), {}, QStringLiteral("Ctrl+I"),
        tr("What the variable at the text cursor holds, where the script is stopped"));
    clearBreakpoints = add(window, tr("&Clear all breakpoints"), {}, QStringLiteral("Ctrl+Shift+F9"));
}

void StudioActions::makeSteps(QWidget &window)
{
    nextEvent = add(window, tr("Next &event"), tr("event"), QStringLiteral("F10"), tr("On by one event"));
    previousEvent = add(window, tr("&Previous event"), tr("event"), QStringLiteral("Shift+F10"), tr("Back by one event"));
    nextStatement = add(window, tr("Next s&tatement"), {}, QStringLiteral("F12"), tr("On to where the next statement is about to run"));
    previousStatement = add(window, tr("Previous statement"), {}, QStringLiteral("Shift+F12"), tr("Back to the statement before"));
    nextCallback = add(window, tr("Next &callback"), tr("callback"), QStringLiteral("F11"), tr("On to where the next callback begins"));
    previousCallback =
        add(window, tr("Previous callback"), tr("callback"), QStringLiteral("Shift+F11"), tr("Back to where the last callback began"));
    nextPhase = add(window, tr("Next p&hase"), tr("phase"), QStringLiteral("Ctrl+F11"), tr("On to the next phase of the loop"));
    previousPhase = add(window, tr("Previous phase"), tr("phase"), QStringLiteral("Ctrl+Shift+F11"), tr("Back to the phase before"));
    nextIteration = add(window, tr("Next &iteration"), tr("iteration"), QStringLiteral("F7"), tr("On to the next iteration of the loop"));
    previousIteration =
        add(window, tr("Previous iteration"), tr("iteration"), QStringLiteral("Shift+F7"), tr("Back to the iteration before"));
    nextConsoleLine = add(window, tr("Next console &line"), {}, QStringLiteral("F8"));
    previousConsoleLine = add(window, tr("Previous console line"), {}, QStringLiteral("Shift+F8"));
    toStart = add(window, tr("To the &start of the recording"), {}, QStringLiteral("Alt+Home"));
    toEnd = add(window, tr("To the en&d of the recording"), {}, QStringLiteral("Alt+End"));
}

void StudioActions::makeRunTo(QWidget &window)
{
    runToLine = add(window, tr("Run to the &line"), {}, QStringLiteral("Ctrl+F10"), tr("Run until the line with the text cursor"));
    backToLine =
        add(window, tr("Back to the line"), {}, QStringLiteral("Ctrl+Shift+F10"), tr("Back to where the line with the text cursor ran"));
    nextMicrotask = add(window, tr("Next &microtask"), {}, QStringLiteral("Ctrl+F7"), tr("On to where the next microtask begins"));
    previousMicrotask =
        add(window, tr("Previous microtask"), {}, QStringLiteral("Ctrl+Shift+F7"), tr("Back to where the last microtask began"));
    microtasksDrained = add(window, tr("Microtasks th&rough"), {}, QStringLiteral("Ctrl+F12"),
        tr("On to where ticks and microtasks are through and the loop may go on"));
    backToDrained = add(window, tr("Back to microtasks through"), {}, QStringLiteral("Ctrl+Shift+F12"),
        tr("Back to where ticks and microtasks were through last"));
    untilSettled = add(window, tr("Until this pro&mise settles"), {}, QStringLiteral("Ctrl+F8"),
        tr("Run until the selected promise settles, or the one of this moment or line"));
    backToSettled = add(window, tr("Back to where this promise settled"), {}, QStringLiteral("Ctrl+Shift+F8"));
    untilQueue = add(window, tr("Until a &queue holds…"), {}, QStringLiteral("F4"), tr("Run until a queue has grown to a number of tasks"));
    backToQueue = add(window, tr("Back to where a queue held…"), {}, QStringLiteral("Shift+F4"));
}

void StudioActions::makeFork(QWidget &window)
{
    forkHere = add(window, tr("&Fork here"), {}, QStringLiteral("Ctrl+Alt+F"),
        tr("Run the script, as it is now, again to the cursor's moment and on from there; this run stays beside it"));
    forkWithDelay = add(window, tr("Fork with another &delay…"), {}, QStringLiteral("Ctrl+Alt+D"),
        tr("Give the selected timer or request another delay and run again"));
    forkOtherOrder = add(window, tr("Fork with the other &order"), {}, QStringLiteral("Ctrl+Alt+R"),
        tr("At a free choice: run again and take the other way"));
    forkOtherSeed = add(window, tr("Fork with another &seed"), {}, {}, tr("Run again with other draws at every free choice"));
    compareWith = add(window, tr("&Compare with recording…"), {}, {}, tr("Put a recording beside this run"));
    firstDifference = add(window, tr("To the f&irst difference"), {}, QStringLiteral("Ctrl+Alt+G"));
    showOtherRun = add(window, tr("Show the other &run"), {}, QStringLiteral("Ctrl+Alt+X"), tr("The views show the run beside this one"));
    closeComparison = add(window, tr("C&lose the comparison"), {}, {}, tr("Keep the run that is shown and forget the other"));
}

void StudioActions::makeView(QWidget &window)
{
    themes = new QActionGroup(&window);
    followSystemTheme = add(window, tr("As the &system"), {}, {});
    lightTheme = add(window, tr("&Light"), {}, {});
    darkTheme = add(window, tr("&Dark"), {}, {});
    for (QAction *theme : {followSystemTheme, lightTheme, darkTheme}) {
        theme->setCheckable(true);
        themes->addAction(theme);
    }
    largerText = add(window, tr("L&arger text"), {}, QStringLiteral("Ctrl++; Ctrl+="));
    smallerText = add(window, tr("&Smaller text"), {}, QStringLiteral("Ctrl+-"));
    normalText = add(window, tr("&Normal text size"), {}, QStringLiteral("Ctrl+0"));
    resetLayout = add(window, tr("&Reset the layout"), {}, {});
    whyDepth = add(window, tr("Why: rule or mec&hanism"), {}, QStringLiteral("Ctrl+M"), tr("How much the why panel tells"));
    showNodesWork = add(window, tr("Show Node's &own work"), {}, QStringLiteral("Ctrl+Shift+N"),
        tr("Also step through and list the jobs by which Node loads modules"));
    showNodesWork->setCheckable(true);
    heatOfWhole = add(window, tr("Heat of the whole recordin&g"), {}, QStringLiteral("Ctrl+Shift+H"),
        tr("The heat margin shows what lines take in the whole recording, not only up to the cursor"));
    heatOfWhole->setCheckable(true);
    motions = new QActionGroup(&window);
    for (const QString &motion : {tr("&Off"), tr("&Slow"), tr("&Normal"), tr("&Fast")}) {
        QAction *action = add(window, motion, {}, {});
        action->setCheckable(true);
        action->setData(motions->actions().size());
        motions->addAction(action);
    }
    presenter = add(window, tr("&Presenter mode"), {}, QStringLiteral("F2; Ctrl+Shift+P"),
        tr("Only loop, source and why, in large text on the full screen"));
    presenter->setCheckable(true);
    nextView = add(window, tr("To the ne&xt view"), {}, QStringLiteral("Ctrl+Tab"), tr("The keyboard goes to the next view"));
    previousView = add(window, tr("To the pre&vious view"), {}, QStringLiteral("Ctrl+Shift+Backtab; Ctrl+Shift+Tab"));
    panels = new QMenu(tr("Pane&ls"), &window);
    loops = new QMenu(tr("Loop sho&wn"), &window);
    nextLoop = add(window, tr("To the next loop"), {}, QStringLiteral("Ctrl+L"),
        tr("Show another loop of the run: a worker's, a process's, a script's beside it"));
    files = new QMenu(tr("Files of this r&un"), &window);
    showScript = add(window, tr("Back to the s&cript"), {}, QStringLiteral("Ctrl+E"), tr("From another file back to the script"));
    findEvent = add(window, tr("Find &events"), {}, QStringLiteral("Ctrl+Shift+F"), tr("Find events by text or kind"));
    nextHit = add(window, tr("Next event &found"), {}, QStringLiteral("F3"), tr("To the next event that fits the search"));
    previousHit =
        add(window, tr("Previous event foun&d"), {}, QStringLiteral("Shift+F3"), tr("To the previous event that fits the search"));
    find = add(window, tr("&Find in the file"), {}, QStringLiteral("Ctrl+F"));
    findNext = add(window, tr("Find ne&xt"), {}, QStringLiteral("Ctrl+G"));
    findPrevious = add(window, tr("Find pre&vious"), {}, QStringLiteral("Ctrl+Shift+G"));
}

void StudioActions::makeLab(QWidget &window)
{
    stepWorkspace = add(window, tr("Step &workspace"), tr("Step"), QStringLiteral("Ctrl+1"), tr("Step: one script, moment by moment"));
    serversWorkspace = add(
        window, tr("Ser&vers workspace"), tr("Servers"), QStringLiteral("Ctrl+2"), tr("Servers: one script as several kinds of server"));
    profileWorkspace = add(window, tr("Prof&ile workspace"), tr("Profile"), QStringLiteral("Ctrl+3"),
        tr("Profile: what held the loop up in this run, who suffered, and what to change"));
    auto *workspaces = new QActionGroup(&window);
    lessonsWorkspace = add(window, tr("&Lessons workspace"), tr("Lessons"), QStringLiteral("Ctrl+4"),
        tr("Lessons: a course to read, predict and do, on the real thing"));
    for (QAction *workspace : {stepWorkspace, serversWorkspace, profileWorkspace, lessonsWorkspace}) {
        workspace->setCheckable(true);
        workspaces->addAction(workspace);
    }
    stepWorkspace->setChecked(true);
    labPresets = new QMenu(tr("&Presets"), &window);
    serveScript = add(window, tr("&Compare servers with this script"), {}, QStringLiteral("Ctrl+Alt+L"),
        tr("The script of the Step workspace becomes the server of each model"));
    openScenario = add(window, tr("&Open scenario or run…"), {}, {});
    saveScenario = add(window, tr("&Save scenario as…"), {}, {}, tr("What is compared and under which load, as a file for the next time"));
    saveLabRun = add(window, tr("Save &run as…"), {}, {}, tr("All that the run told, to be opened or compared later"));
    compareRuns = add(window, tr("Co&mpare with run…"), {}, {}, tr("Put a run that was saved beside this one, figure by figure"));
    exportLabRun = add(window, tr("&Export run…"), {}, {}, tr("A page with charts, tables for spreadsheets, or the report"));
    sweep = add(window, tr("Sweep over one &knob…"), {}, QStringLiteral("Ctrl+Alt+W"),
        tr("Run with ever more clients, and see where each model bends and breaks"));
    recordModel = new QMenu(tr("S&tep through a recording of"), &window);
    followRequest = add(window, tr("&Follow a request…"), {}, QStringLiteral("Ctrl+Alt+N"), tr("Through all models, by its number"));
}

void StudioActions::makeLessons(QWidget &window)
{
    courseList = add(window, tr("List of the &course"), tr("‹ Course"), {}, tr("Back to the list of lessons; also Ctrl+4"));
    lessonAct = add(window, tr("&Do what comes next"), tr("Next"), QStringLiteral("Ctrl+Return; Ctrl+Enter"),
        tr("Hand the answer in, check the script, go to the next moment or step"));
    nextLessonStep = add(window, tr("&Next step of the lesson"), tr("Next"), QStringLiteral("Alt+PgDown"));
    previousLessonStep = add(window, tr("&Previous step of the lesson"), tr("Back"), QStringLiteral("Alt+PgUp"));
    lessonHint = add(window, tr("&Hint"), tr("Hint"), QStringLiteral("Ctrl+Alt+H"), tr("The next hint"));
    lessonSolution = add(window, tr("&Solution…"), tr("Solution…"), {}, tr("A script that does it, and why"));
    lessonReset =
        add(window, tr("S&tart the script again…"), tr("Start again…"), {}, tr("The script as the lesson has it; what you wrote goes"));
    retakePredictions = add(window, tr("Predictions to take &again"), {}, {}, tr("Questions that were answered wrong the last time"));
    openLessons = add(window, tr("&Open folder of lessons…"), {}, {});
    openLessonBundle = add(window, tr("Open b&undle of lessons…"), {}, {});
    ownLessons = add(window, tr("Lessons that come &with Loopscope"), {}, {});
    newLesson = add(window, tr("New &lesson from template…"), {}, {}, tr("A folder with a lesson to edit; it is read again while you do"));
    lessons = new QMenu(tr("Lesso&ns"), &window);
    lessonLanguages = new QMenu(tr("Lan&guage of the lessons"), &window);
    exportProgress = add(window, tr("E&xport progress…"), {}, {}, tr("What you answered and wrote, to go on at another machine"));
    importProgress = add(window, tr("&Import progress…"), {}, {}, tr("Puts together what was done here and elsewhere"));
    forgetLesson = add(window, tr("&Begin this lesson anew…"), {}, {}, tr("What you answered in it is forgotten"));
    handIn = add(window, tr("Hand in to &your teacher…"), {}, {}, tr("Your answers and scripts as a file for your teacher"));
    handOut = add(window, tr("P&rint a hand-out…"), {}, {}, tr("The course as a PDF with questions to fill in"));
    handOutSolved = add(window, tr("Print a hand-out with answ&ers…"), {}, {});
}

QList<QAction *> StudioActions::ofStepping() const
{
    return {nextEvent, nextStatement, nextCallback, nextPhase, nextIteration, nextConsoleLine, previousEvent, previousStatement,
        previousCallback, previousPhase, previousIteration, previousConsoleLine, toStart, toEnd, playBack, runAgain, chooseRun, pause};
}

void StudioActions::fillMenus(QMenuBar &bar) const
{
    QMenu *file = bar.addMenu(tr("&File"));
    file->addAction(newScript);
    file->addMenu(templates);
    file->addAction(open);
    file->addMenu(recent);
    file->addMenu(examples);
    file->addSeparator();
    file->addActions({save, saveAs});
    file->addSeparator();
    file->addActions({openRecording, saveRecording});
    file->addSeparator();
    file->addMenu(exportView);
    file->addAction(exportWalk);
    file->addAction(exportWritten);
    file->addSeparator();
    file->addAction(quit);

    QMenu *edit = bar.addMenu(tr("&Edit"));
    edit->addActions({find, findNext, findPrevious});

    QMenu *runMenu = bar.addMenu(tr("&Run"));
    runMenu->addActions({run, playBack, pause, stop, runAgain, chooseRun});
    runMenu->addSeparator();
    runMenu->addActions({faster, slower});
    runMenu->addSeparator();
    runMenu->addActions({runToLine, untilSettled, untilQueue});
    runMenu->addSeparator();
    runMenu->addActions({backToLine, backToSettled, backToQueue});
    runMenu->addSeparator();
    runMenu->addActions({toggleBreakpoint, setCondition, clearBreakpoints, showValue});

    QMenu *step = bar.addMenu(tr("&Step"));
    step->addActions(
        {nextEvent, nextStatement, nextCallback, nextMicrotask, microtasksDrained, nextPhase, nextIteration, nextConsoleLine, toEnd});
    step->addSeparator();
    step->addActions({previousEvent, previousStatement, previousCallback, previousMicrotask, backToDrained, previousPhase,
        previousIteration, previousConsoleLine, toStart});

    QMenu *fork = bar.addMenu(tr("F&ork"));
    fork->addActions({forkHere, forkWithDelay, forkOtherOrder, forkOtherSeed});
    fork->addSeparator();
    fork->addActions({compareWith, firstDifference, showOtherRun, closeComparison});

    QMenu *lab = bar.addMenu(tr("&Lab"));
    lab->addActions({stepWorkspace, serversWorkspace, profileWorkspace, lessonsWorkspace});
    lab->addSeparator();
    lab->addMenu(labPresets);
    lab->addActions({serveScript, openScenario, saveScenario, saveLabRun});
    lab->addSeparator();
    lab->addActions({followRequest, sweep});
    lab->addMenu(recordModel);
    lab->addSeparator();
    lab->addActions({compareRuns, exportLabRun});

    bar.addMenu(lessons);
    lessons->addActions({lessonAct, nextLessonStep, previousLessonStep, courseList, retakePredictions});
    lessons->addSeparator();
    lessons->addActions({lessonHint, lessonSolution, lessonReset, forgetLesson});
    lessons->addSeparator();
    lessons->addActions({ownLessons, openLessons, openLessonBundle, newLesson});
    lessons->addMenu(lessonLanguages);
    lessons->addSeparator();
    lessons->addActions({exportProgress, importProgress, handIn, handOut, handOutSolved});

    QMenu *view = bar.addMenu(tr("&View"));
    QMenu *theme = view->addMenu(tr("&Theme"));
    theme->addActions(themes->actions());
    view->addMenu(tr("&Motion of the loop view"))->addActions(motions->actions());
    view->addMenu(panels);
    view->addMenu(files);
    view->addMenu(loops);
    view->addAction(showScript);
    view->addSeparator();
    view->addActions({findEvent, nextHit, previousHit, showNodesWork, nextLoop, heatOfWhole, whyDepth, nextView, previousView});
    view->addSeparator();
    view->addActions({largerText, smallerText, normalText});
    view->addSeparator();
    view->addActions({presenter, resetLayout});

    QMenu *help = bar.addMenu(tr("&Help"));
    help->addActions({tour, keys, about});
}

} // namespace loopscope
