// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures the real window, offscreen, with real recordings and live runs, and prints tables in Markdown.
//   WindowBenchmark [--short] [RECORDING]
//     --short     small sizes; shows that everything works, its numbers mean little
//     RECORDING   is opened instead of one that is made for the purpose
// Exit code 1 if something failed or the window took more memory than it may.
#include "FrameWatch.h"
#include "Measurement.h"

#include "MainWindow.h"
#include "StepWorkspace.h"
#include "StudioActions.h"
#include "events/EventListModel.h"
#include "events/EventPane.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "theme/Theme.h"

#include <QAction>
#include <QFile>
#include <QFileInfo>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <cmath>
#include <cstdio>

namespace loopscope {

class WindowBenchmark
{
public:
    WindowBenchmark(FrameWatch &application, bool isShort, QString recording)
        : m_application(application)
        , m_isShort(isShort)
        , m_recording(std::move(recording))
    {
    }

    int run()
    {
        if (!m_recording.isEmpty())
            openRecording(m_recording);
        else {
            // What a server does; and what is hard to show, as all of it waits to the end.
            recordAndOpen({QStringLiteral("mixed"), QStringLiteral("statements")});
            recordAndOpen({QStringLiteral("waiting"), QStringLiteral("calls")});
        }
        for (const QSize &size : {QSize(1920, 1080), QSize(2560, 1440)}) {
            m_size = size;
            live();
            stepping();
        }
        return m_failed ? 1 : 0;
    }

private:
    static QString program(const QString &name) { return QStringLiteral(LOOPSCOPE_BENCH_FOLDER "/programs/") + name; }
    static QString runner() { return qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"); }

    void recordAndOpen(RecordedProgram program);
    void openRecording(const QString &path);
    void jumps();
    void search(const QString &text);
    void live();
    void stepping();
    void stepsBy(const char *title, QAction *action);
    /// A window of the size that counts, on screen; its pictures are watched.
    std::unique_ptr<MainWindow> makeWindow();
    bool wait(const std::function<bool()> &isDone, const char *what)
    {
        if (m_application.waitUntil(isDone))
            return true;
        fail(QStringLiteral("never came: ") + QLatin1String(what));
        return false;
    }

    static void row(const char *what, const QString &measured, const char *aim)
    {
        std::printf("| %s | %s | %s |\n", what, qPrintable(measured), aim);
        std::fflush(stdout);
    }
    static QString ms(double value) { return QStringLiteral("%1 ms").arg(value, 0, 'f', 1); }
    static QString both(const std::vector<double> &samples)
    {
        return ms(percentile(samples, 0.5)) + QStringLiteral(" / ") + ms(percentile(samples, 0.99));
    }
    void fail(const QString &message)
    {
        std::fprintf(stderr, "error: %s\n", qPrintable(message));
        m_failed = true;
    }

    FrameWatch &m_application;
    const bool m_isShort;
    QString m_recording;
    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
    double m_lastPicture = 0; ///< ms
    quint64 m_cursorShown = 0; ///< by the last picture
    quint64 m_pictures = 0;
    std::function<void()> m_onPicture;
    QSize m_size{1920, 1080}; ///< of the window
    bool m_failed = false;
};

void WindowBenchmark::recordAndOpen(RecordedProgram program)
{
    program.mostEvents = m_isShort ? 200'000 : 10'000'000;
    const QString path = m_folder.filePath(program.name + QStringLiteral(".lscope"));
    if (!program.record(path))
        m_failed = true;
    else
        openRecording(path);
    QFile::remove(path);
}

std::unique_ptr<MainWindow> WindowBenchmark::makeWindow()
{
    auto window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    window->resize(m_size);
    m_application.watch(window.get(), [this, shown = window.get()](double now) {
        m_lastPicture = now;
        m_cursorShown = shown->stepper().cursor();
        ++m_pictures;
        if (m_onPicture)
            m_onPicture();
    });
    window->show();
    wait([this, before = m_pictures] { return m_pictures > before; }, "the window");
    return window;
}

void WindowBenchmark::openRecording(const QString &path)
{
    m_window = makeWindow();
    const Memory empty = Memory::now();
    m_application.takeLongestEvent();
    const double begun = m_application.now();
    m_window->openFile(path);
    const quint64 before = m_pictures;
    wait([this, before] { return m_pictures > before && m_window->session().eventCount() > 0; }, "the first picture");
    const double first = m_lastPicture - begun;
    const double firstMemory = Memory::now().resident;
    m_application.takeLongestEvent();
    wait([this] { return m_window->session().isCaughtUp() && m_window->session().eventCount() > 0; }, "the end of the recording");
    const double all = m_application.now() - begun;
    const double longest = m_application.takeLongestEvent();
    wait([this, then = m_pictures] { return m_pictures > then && m_cursorShown == m_window->session().eventCount(); },
        "a picture of the end");
    const double settled = m_application.waitUntilQuiet() - begun;
    const Memory after = Memory::now();
    const double file = static_cast<double>(QFileInfo(path).size()) / 1024 / 1024;
    std::printf("| `%s`, %llu events (%.0f MiB), opened | measured | aim |\n|---|---|---|\n",
        qPrintable(QFileInfo(path).completeBaseName()), static_cast<unsigned long long>(m_window->session().eventCount()), file);
    row("first picture", ms(first), "1000 ms");
    row("all taken in", ms(all), "");
    row("all views have taken it in", ms(settled), "");
    row("longest that the window was held up meanwhile", ms(longest), "");
    row("memory at the first picture (RSS)", QStringLiteral("%1 MiB").arg(firstMemory, 0, 'f', 0), "");
    row("memory when all is taken in (RSS; the file is not mapped)",
        QStringLiteral("%1 MiB = %2 x the file (own %3; window alone %4)")
            .arg(after.resident, 0, 'f', 0)
            .arg(after.resident / file, 0, 'f', 2)
            .arg(after.own, 0, 'f', 0)
            .arg(empty.resident, 0, 'f', 0),
        "1.2 x the file");
    jumps();
    search(QStringLiteral("awaits"));
    search(QStringLiteral("promise 77"));
    const Memory jumped = Memory::now();
    row("memory after that",
        QStringLiteral("%1 MiB = %2 x the file").arg(jumped.resident, 0, 'f', 0).arg(jumped.resident / file, 0, 'f', 2), "1.2 x the file");
    std::printf("\n");
    if (!m_isShort && jumped.resident > 1.2 * file)
        fail(QStringLiteral("the window takes more than 1.2 times the memory of the file"));
    m_window.reset();
}

void WindowBenchmark::jumps()
{
    QRandomGenerator random(1);
    std::vector<double> taken;
    const quint64 count = m_window->session().eventCount();
    for (int i = 0; i < (m_isShort ? 20 : 300); ++i) {
        const quint64 target = static_cast<quint64>(random.generateDouble() * static_cast<double>(count));
        const double begun = m_application.now();
        m_window->stepper().setCursor(target);
        if (!wait([&, before = m_pictures] { return m_pictures > before && m_cursorShown == target; }, "a picture after a jump"))
            return;
        taken.push_back(m_lastPicture - begun);
    }
    row("jump to any moment, to the picture: p50 / p99", both(taken), "100 ms");
    row("the longest of them", ms(percentile(taken, 1)), "100 ms");
    std::vector<double> steps;
    for (int i = 0; i < (m_isShort ? 20 : 300); ++i) {
        const double begun = m_application.now();
        m_window->commands().previousEvent->trigger();
        if (!wait([&, before = m_pictures] { return m_pictures > before; }, "a picture after a step back"))
            return;
        steps.push_back(m_lastPicture - begun);
    }
    row("step back by an event, to the picture: p50 / p99", both(steps), "30 ms");
}

void WindowBenchmark::search(const QString &text)
{
    QLineEdit &field = *m_window->workspace().eventPane()->filterText();
    const EventHits &hits = m_window->workspace().eventModel()->hits();
    m_application.takeLongestEvent();
    const double begun = m_application.now();
    field.setText(text);
    wait([&] { return hits.count() > 0; }, "the first event found");
    const double first = m_application.now() - begun;
    wait([&] { return !hits.isLooking(); }, "the end of the search");
    row(qPrintable(QStringLiteral("events searched for \"%1\": first found / all looked at").arg(text)),
        ms(first) + QStringLiteral(" / ") + ms(m_application.now() - begun), "");
    row("longest that the window was held up meanwhile", ms(m_application.takeLongestEvent()), "16 ms");
    field.clear();
}

void WindowBenchmark::live()
{
    // The window runs scripts on the virtual clock, where pace means nothing; a runner of our own puts them on the wall clock.
    const QString wrapper = m_folder.filePath(QStringLiteral("runner"));
    QFile file(wrapper);
    if (!file.open(QIODevice::WriteOnly))
        return fail(file.errorString());
    file.write("#!/bin/sh\ncommand=$1\nshift\nexec '" + QFile::encodeName(runner()) + "' \"$command\" --clock wall \"$@\"\n");
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    qputenv("LOOPSCOPE_RUNNER", QFile::encodeName(wrapper));
    m_window = makeWindow();
    RunSession &session = m_window->session();
    m_window->openFile(program(QStringLiteral("steady.js")));
    m_window->runFromStart();
    if (!wait([&] { return session.reader() != nullptr && m_cursorShown > 200'000; }, "a live run"))
        return;
    RecordingReader written;
    written.open(session.recordingPath());
    std::vector<double> intervals;
    std::vector<double> lags;
    const double begun = m_application.now();
    const quint64 eventsBefore = written.eventCount();
    double lastPicture = begun;
    double rate = 500'000;
    m_onPicture = [&, shown = quint64{0}]() mutable {
        if (std::exchange(shown, m_cursorShown) == m_cursorShown)
            return; // the same moment again: only some widget was painted anew
        intervals.push_back(m_lastPicture - lastPicture);
        lastPicture = m_lastPicture;
        written.refresh();
        lags.push_back(static_cast<double>(written.eventCount() - m_cursorShown) / rate * 1000);
    };
    m_application.takeLongestEvent();
    const double seconds = m_isShort ? 0.5 : 5;
    wait([&] { return m_application.now() > begun + seconds * 1000 || !session.isLive(); }, "time");
    m_onPicture = nullptr;
    const double passed = (m_application.now() - begun) / 1000;
    rate = static_cast<double>(written.eventCount() - eventsBefore) / passed;
    const double longest = m_application.takeLongestEvent();
    std::printf("| live run, window of %d x %d | measured | aim |\n|---|---|---|\n", m_size.width(), m_size.height());
    row("events recorded a second", QStringLiteral("%L1").arg(qRound64(rate)), "500,000");
    row("pictures a second", QStringLiteral("%1").arg(static_cast<double>(intervals.size()) / passed, 0, 'f', 1), "60");
    row("from picture to picture: p50 / p99", both(intervals), "16.7 ms");
    row("from written to shown: p50 / p99", both(lags), "nothing queues up");
    row("longest that the window was held up", ms(longest), "");
    std::printf("\n");
    if (!m_isShort && (rate < 450'000 || percentile(lags, 0.5) > 1000))
        fail(QStringLiteral("the window does not follow the run"));
    m_window.reset();
}

void WindowBenchmark::stepping()
{
    qputenv("LOOPSCOPE_RUNNER", QFile::encodeName(runner()));
    m_window = makeWindow();
    m_window->openFile(program(QStringLiteral("mixed.js")));
    std::printf("| step at the head of a live run, from key to picture: p50 / p99; %d x %d | measured | aim |\n|---|---|---|\n",
        m_size.width(), m_size.height());
    const StudioActions &commands = m_window->commands();
    commands.nextEvent->trigger();
    if (!wait([this] { return m_cursorShown > 0 && !m_window->stepper().isStepping(); }, "the first step"))
        return;
    stepsBy("event", commands.nextEvent);
    stepsBy("statement", commands.nextStatement);
    stepsBy("callback", commands.nextCallback);
    stepsBy("iteration", commands.nextIteration);
    std::printf("\n");
    m_window.reset();
}

void WindowBenchmark::stepsBy(const char *title, QAction *action)
{
    std::vector<double> taken;
    for (int i = 0; i < (m_isShort ? 10 : 200); ++i) {
        const quint64 from = m_cursorShown;
        const double begun = m_application.now();
        action->trigger();
        if (!wait([&, before = m_pictures] { return m_pictures > before && m_cursorShown > from && !m_window->stepper().isStepping(); },
                title))
            return;
        taken.push_back(m_lastPicture - begun);
    }
    row(title, both(taken), "30 ms");
}

} // namespace loopscope

int main(int argc, char **argv)
{
    loopscope::FrameWatch application(argc, argv);
    QStringList arguments = QCoreApplication::arguments().mid(1);
    const bool isShort = arguments.removeAll(QStringLiteral("--short")) > 0;
    if (arguments.size() > 1 || (arguments.size() == 1 && arguments.first().startsWith(QLatin1Char('-')))) {
        std::fprintf(stderr, "usage: WindowBenchmark [--short] [RECORDING]\n");
        return 2;
    }
    loopscope::Theme::current().install(application);
    return loopscope::WindowBenchmark(application, isShort, arguments.value(0)).run();
}
