// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures both flame graphs over recordings of real runs, drawn by the software renderer into a picture of 1920x1080, and prints a table
// in Markdown.
//   FlameBenchmark [--short] [RECORDING...]
//     --short       small sizes; shows that everything works, its numbers mean little
//     RECORDING     is measured instead of those that are made for the purpose
// Exit code 1 if something failed, or frames take longer than they may.
#include "Measurement.h"

#include "analysis/profiler/Profile.h"
#include "analysis/profiler/ProfileText.h"
#include "profile/CallNames.h"
#include "profile/FlamePage.h"
#include "state/EventText.h"
#include "state/RecordingIndex.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QImage>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QWheelEvent>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace loopscope;

namespace {

constexpr double kOwnFrameAtMost = 16; ///< ms, p99 of the time the thread itself took

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

    double ownP99() const { return percentile(own, 0.99); }
    QString text() const
    {
        return QStringLiteral("%1 / %2 (%3) ms")
            .arg(percentile(wall, 0.5), 0, 'f', 1)
            .arg(percentile(wall, 0.99), 0, 'f', 1)
            .arg(ownP99(), 0, 'f', 1);
    }
};

double ownMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

class FlameBenchmark
{
public:
    explicit FlameBenchmark(bool isShort)
        : m_isShort(isShort)
        , m_image(1920, 1080, QImage::Format_RGB32)
    {
    }

    int run(QStringList recordings)
    {
        if (recordings.isEmpty()) {
            for (const char *program : {"calls", "mixed"})
                recordings << record(QLatin1String(program));
        }
        std::printf("| recording | events | graph | frames in it | taken in | zoom: p50 / p99 (own p99) | pan | zoom with a search |\n"
                    "|---|---|---|---|---|---|---|---|\n");
        for (const QString &recording : recordings)
            measure(recording);
        return m_failed ? 1 : 0;
    }

private:
    QString record(const QString &program)
    {
        const QString path = m_folder.filePath(program + QStringLiteral(".lscope"));
        const RecordedProgram recorded{program, QStringLiteral("calls"), 1'000'000'000, m_isShort ? 100'000 : 10'000'000};
        m_failed = !recorded.record(path) || m_failed;
        return path;
    }

    template<typename Act>
    void frame(FlameView &view, Frames &frames, Act act)
    {
        QElapsedTimer clock;
        clock.start();
        const double before = ownMilliseconds();
        act();
        view.render(&m_image);
        frames.own.push_back(ownMilliseconds() - before);
        frames.wall.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }

    static void turnWheel(FlameView &view, QPointF place, int notches, Qt::KeyboardModifiers modifiers)
    {
        QWheelEvent event(
            place, view.viewport()->mapToGlobal(place), {}, {0, 120 * notches}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(view.viewport(), &event);
    }

    /// From the whole down to the closest and back, at several places, a frame a notch of the wheel.
    Frames zoom(FlameView &view)
    {
        Frames frames;
        QRandomGenerator random(1);
        for (int place = 0; place < (m_isShort ? 1 : 8); ++place) {
            view.zoomOut();
            const QPointF at(random.bounded(view.viewport()->width()), 100);
            constexpr int notches = 60;
            for (int i = 0; i < 2 * notches; ++i)
                frame(view, frames, [&] { turnWheel(view, at, i < notches ? 1 : -1, Qt::NoModifier); });
        }
        return frames;
    }

    /// A tenth of the width a frame, at every magnification.
    Frames pan(FlameView &view)
    {
        Frames frames;
        QRandomGenerator random(2);
        for (int depth = 1; depth < (m_isShort ? 4 : 40); depth += 2) {
            view.zoomOut();
            turnWheel(view, {random.generateDouble() * view.viewport()->width(), 100}, depth, Qt::NoModifier);
            for (int i = 0; i < 40; ++i)
                frame(view, frames, [&] { turnWheel(view, {100, 100}, i < 20 ? 1 : -1, Qt::ShiftModifier); });
        }
        return frames;
    }

    static quint64 framesOf(const FlameGraph &graph)
    {
        quint64 frames = 0;
        for (int row = 0; row < graph.rowCount(); ++row)
            frames += graph.row(row).size();
        return frames;
    }

    void measure(const QString &path)
    {
        RecordingReader reader;
        if (!reader.open(path)) {
            fail(reader.problem());
            return;
        }
        RecordingIndex index;
        index.update(reader);
        const EventText words(reader, index);
        const ProfileText text(reader, words);
        FlamePage page;
        page.resize(m_image.size());
        page.show();
        page.setRecording(reader, text, 0);
        QElapsedTimer clock;
        clock.start();
        Profile profile;
        profile.update(reader);
        page.setTree(std::make_shared<const CallNames>(profile.callTree().nodes(), text), reader.eventCount());
        report(page, path, reader.eventCount(), static_cast<double>(clock.elapsed()));
        clock.restart();
        page.setOrder(FlamePage::Order::Time);
        while (page.isBehind())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        report(page, path, reader.eventCount(), static_cast<double>(clock.elapsed()));
    }

    void report(FlamePage &page, const QString &path, quint64 events, double takenIn)
    {
        FlameView &view = page.shown();
        QCoreApplication::processEvents();
        const Frames zoomed = zoom(view);
        const Frames panned = pan(view);
        page.setSearch(QStringLiteral("re"));
        const Frames searched = zoom(view);
        page.setSearch({});
        const double worst = std::max({zoomed.ownP99(), panned.ownP99(), searched.ownP99()});
        if (!m_isShort && worst > kOwnFrameAtMost)
            fail(QStringLiteral("a frame takes %1 ms").arg(worst));
        std::printf("| %s | %llu | %s | %llu | %.1f s | %s | %s | %s |\n", qPrintable(QFileInfo(path).completeBaseName()), events,
            page.order() == FlamePage::Order::Merged ? "merged" : "in time", framesOf(view.graph()), takenIn / 1000,
            qPrintable(zoomed.text()), qPrintable(panned.text()), qPrintable(searched.text()));
        std::fflush(stdout);
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
    return FlameBenchmark(isShort).run(arguments);
}
