// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Screenshot.h"

#include "LessonsWorkspace.h"
#include "MainWindow.h"
#include "StepWorkspace.h"
#include "ViewExport.h"
#include "loopview/LoopView.h"
#include "profile/ProfileView.h"
#include "servers/ComparisonProcess.h"
#include "servers/ServersBar.h"
#include "servers/ServersView.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "shell/StepView.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTextStream>

#include <algorithm>

namespace loopscope {

namespace {

constexpr quint64 kEventsAtMost = 200'000; ///< a script that never ends is shown after so many
constexpr int kPatience = 60'000; ///< ms

void complain(const QString &sentence) { QTextStream(stderr) << QStringLiteral("loopscope-studio: ") << sentence << Qt::endl; }

bool runToEnd(MainWindow &window)
{
    RunSession &session = window.session();
    if (session.state() == RunSession::State::Empty) {
        window.runFromStart();
        session.runUntilEvent(kEventsAtMost);
    }
    QElapsedTimer timer;
    timer.start();
    // Paused counts as the end: that is how a run of too many events stops.
    const auto isBusy = [&] {
        const bool isPausedAtLimit = session.state() == RunSession::State::Paused && session.eventCount() >= kEventsAtMost;
        return (session.isLive() && !isPausedAtLimit) || !session.isCaughtUp();
    };
    while (isBusy() && timer.elapsed() < kPatience)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 50);
    return session.reader() != nullptr;
}

/// A comparison of servers, to its end.
bool runServers(MainWindow &window, const ScreenshotRequest &request)
{
    ServersView &servers = window.servers();
    window.showServers();
    const bool isOpen = QFileInfo::exists(request.servers) ? window.openScenario(request.servers) : servers.openPreset(request.servers);
    if (!isOpen)
        return false;
    servers.bar().setPace(0);
    servers.follow(request.follow);
    if (servers.session().state() == ComparisonProcess::State::Empty)
        servers.run();
    while (servers.session().isLive() || !servers.isUpToDate())
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 50);
    return true;
}

/// A lesson at a step, or the list, with what the step runs run.
bool showLessons(MainWindow &window, const ScreenshotRequest &request)
{
    if (!window.openLessons(request.file, request.lesson, request.step))
        return false;
    QElapsedTimer timer;
    timer.start();
    while (window.lessons().isBusy() && timer.elapsed() < kPatience)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 50);
    return true;
}

/// Views take in long recordings in portions.
void waitForViews(MainWindow &window)
{
    const QList<StepView *> views = window.findChildren<StepView *>();
    const auto isBehind = [](const auto *view) { return view->isVisible() && view->isBehind(); };
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < kPatience && (std::any_of(views.begin(), views.end(), isBehind) || isBehind(&window.profile())))
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
}

/// Shows what is asked for of the Profile workspace; what the picture is of. Null if there is no such chart, and that was told.
QWidget *showProfile(MainWindow &window, const ScreenshotRequest &request)
{
    window.showProfile();
    if (const auto page = ProfileView::pageNamed(request.page))
        window.profile().showPage(*page);
    if (request.chart.isEmpty())
        return &window;
    for (const ProfileView::Picture &picture : window.profile().pictures()) {
        if (picture.key != request.chart)
            continue;
        picture.reveal();
        return picture.view;
    }
    return nullptr;
}

} // namespace

int takeScreenshot(MainWindow &window, const ScreenshotRequest &request)
{
    window.resize(request.size);
    window.workspace().loopView()->setMotion(LoopView::Motion::Off); // a picture shows where things arrive
    window.show();
    if (!request.servers.isEmpty() && !runServers(window, request)) {
        complain(window.banner().sentence());
        return 1;
    }
    if (request.showsLessons && !showLessons(window, request)) {
        complain(window.banner().sentence());
        return 1;
    }
    if (!request.file.isEmpty() && !request.showsLessons) {
        const bool isOpen = request.with.isEmpty() ? window.openFile(request.file) : window.openComparison(request.file, request.with);
        const bool isReady = isOpen && runToEnd(window);
        if (!isReady) {
            complain(window.banner().sentence());
            return 1;
        }
        window.stepper().toEnd();
        if (request.cursor) {
            // Arriving by a step shows what that step changed.
            window.stepper().setCursor(*request.cursor > 0 ? *request.cursor - 1 : 0);
            window.stepper().forward(Landmark::Event);
        }
    }
    QWidget *view = request.showsProfile ? showProfile(window, request) : &window;
    if (view == nullptr)
        return 2;
    for (int i = 0; i < 5; ++i)
        QCoreApplication::processEvents();
    waitForViews(window);
    QCoreApplication::processEvents(); // what they have said now may need more lines
    const QString problem = request.walkTarget.isEmpty()
        ? ViewExport::write(*view, request.imagePath, 1)
        : WalkExport(window, window.stepper(), window.session()).write(request.walk, request.walkTarget);
    if (problem.isEmpty())
        return 0;
    complain(problem);
    return 1;
}

} // namespace loopscope
