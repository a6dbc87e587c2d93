// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures the timeline over recordings of real runs, drawn by the software renderer into a picture of 1920x1080, and prints a table in
// Markdown.
//   TimelineBenchmark [--short] [RECORDING...]
//     --short       small sizes; shows that everything works, its numbers mean little
//     RECORDING     is measured instead of those that are made for the purpose
// Exit code 1 if something failed or the timeline takes more memory than it may.
#include "Measurement.h"

#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "theme/Theme.h"
#include "timeline/TimelineCanvas.h"
#include "timeline/TimelineView.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QImage>
#include <QLineEdit>
#include <QPainter>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <vector>

using namespace loopscope;

namespace {

constexpr double kBytesAnEventAtMost = 10;

struct Program
{
    const char *name;
    const char *detail;
};

double percentile(std::vector<double> samples, double part)
{
    std::sort(samples.begin(), samples.end());
    return samples.empty() ? 0 : samples[static_cast<std::size_t>(part * static_cast<double>(samples.size() - 1))];
}

/// Frame times in ms: by the clock on the wall, and the time the thread itself took, which other programs do not disturb.
struct Frames
{
    std::vector<double> wall;
    std::vector<double> own;

    QString text() const
    {
        return QStringLiteral("%1 / %2 (%3) ms")
            .arg(percentile(wall, 0.5), 0, 'f', 1)
            .arg(percentile(wall, 0.99), 0, 'f', 1)
            .arg(percentile(own, 0.99), 0, 'f', 1);
    }
};

double ownMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

class TimelineBenchmark
{
public:
    explicit TimelineBenchmark(bool isShort)
        : m_isShort(isShort)
        , m_image(1920, 1080, QImage::Format_RGB32)
    {
    }

    int run(QStringList recordings)
    {
        static constexpr Program programs[] = {
            {"mixed", "statements"}, {"promise-chain", "calls"}, {"timers", "calls"}, {"immediates", "calls"}};
        if (recordings.isEmpty()) {
            for (const Program &program : programs)
                recordings << record(program);
        }
        std::printf("| recording | events | taken in, an event | memory, an event | axis | zoom: p50 / p99 (own p99) | pan | "
                    "zoom with a search |\n"
                    "|---|---|---|---|---|---|---|---|\n");
        for (const QString &recording : recordings)
            measure(recording);
        return m_failed ? 1 : 0;
    }

private:
    QString record(const Program &program)
    {
        const QString path = m_folder.filePath(QLatin1String(program.name) + QStringLiteral(".lscope"));
        const RecordedProgram recorded{
            QLatin1String(program.name), QLatin1String(program.detail), 1'000'000'000, m_isShort ? 100'000 : 10'000'000};
        m_failed = !recorded.record(path) || m_failed;
        return path;
    }

    void frame(TimelineView &view, Frames &frames)
    {
        QElapsedTimer clock;
        clock.start();
        const double before = ownMilliseconds();
        view.render(&m_image);
        frames.own.push_back(ownMilliseconds() - before);
        frames.wall.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }

    /// From the whole down to the closest and back, at several places, a frame a notch of the wheel.
    Frames zoom(TimelineView &view)
    {
        Frames frames;
        QRandomGenerator random(1);
        TimelineCanvas &canvas = view.canvas();
        for (int place = 0; place < (m_isShort ? 1 : 8); ++place) {
            canvas.setValue(static_cast<int>(random.generateDouble() * canvas.maximum()));
            canvas.showWhole();
            constexpr int notches = 70;
            for (int i = 0; i < 2 * notches; ++i) {
                canvas.zoomBy(i < notches ? 1.25 : 0.8);
                frame(view, frames);
            }
        }
        return frames;
    }

    /// A twentieth of the width a frame, at every magnification.
    Frames pan(TimelineView &view)
    {
        Frames frames;
        QRandomGenerator random(2);
        TimelineCanvas &canvas = view.canvas();
        for (int depth = 1; depth < (m_isShort ? 3 : 24); ++depth) {
            canvas.setValue(static_cast<int>(random.generateDouble() * canvas.maximum()));
            canvas.showWhole();
            canvas.zoomBy(std::pow(1.9, depth));
            for (int i = 0; i < 40; ++i) {
                canvas.panBy(canvas.width() / 20.0);
                frame(view, frames);
            }
        }
        return frames;
    }

    void measure(const QString &path)
    {
        RunSession session;
        if (!session.openRecording(path)) {
            fail(session.failure());
            return;
        }
        TimelineView view;
        view.resize(m_image.size());
        view.show();
        while (!session.isCaughtUp())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QElapsedTimer clock;
        clock.start();
        TimelineTracks alone;
        for (quint64 i = 0, end = session.eventCount(); i < end; ++i)
            alone.add(session.reader()->event(i));
        const auto events = static_cast<double>(session.eventCount());
        const double takenIn = static_cast<double>(clock.nsecsElapsed()) / events;
        alone.clear();
        view.setSession(session);
        waitFor(view);
        const double bytes = static_cast<double>(view.tracks().bytes()) / events;
        if (!m_isShort && bytes > kBytesAnEventAtMost)
            fail(QStringLiteral("the tracks take %1 bytes an event").arg(bytes));
        for (const TimelineAxis axis : {TimelineAxis::Time, TimelineAxis::Events}) {
            view.canvas().setAxis(axis);
            view.searchField().clear();
            const QString zoomed = zoom(view).text();
            const QString panned = pan(view).text();
            view.searchField().setText(QStringLiteral("add"));
            waitFor(view);
            const QString searched = zoom(view).text();
            const bool isTime = axis == TimelineAxis::Time;
            std::printf("| %s | %.0f | %.0f ns | %.1f bytes | %s | %s | %s | %s |\n", qPrintable(QFileInfo(path).completeBaseName()),
                events, takenIn, bytes, isTime ? "time" : "events", qPrintable(zoomed), qPrintable(panned), qPrintable(searched));
            std::fflush(stdout);
        }
    }

    static void waitFor(TimelineView &view)
    {
        while (view.isBehind())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }

    void fail(const QString &message)
    {
        std::fprintf(stderr, "error: %s\n", qPrintable(message));
        m_failed = true;
    }

    const bool m_isShort;
    QImage m_image;
    QTemporaryDir m_folder;
    bool m_failed = false;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    Theme::current().install(application);
    QStringList arguments = QApplication::arguments().mid(1);
    const bool isShort = arguments.removeAll(QStringLiteral("--short")) > 0;
    return TimelineBenchmark(isShort).run(arguments);
}
