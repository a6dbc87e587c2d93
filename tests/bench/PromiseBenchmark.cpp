// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures the promise graph of recordings with thousands of promises, at 1920x1080, and prints tables in Markdown. Times are processor
// time, so that other programs do not count.
//   PromiseBenchmark [--short] [RECORDING...]
//     --short       small sizes; shows that everything works, its numbers mean little
//     RECORDING     is measured instead of those that are made for the purpose
#include "Measurement.h"

#include "promises/PromiseGraphView.h"
#include "recording/RecordingReader.h"
#include "state/StateTimeline.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QPixmap>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace loopscope {

namespace {

constexpr int kTimes = 20;

template<typename Work>
void measure(const char *what, const char *aim, Work &&work)
{
    std::vector<double> times;
    for (int i = 0; i < kTimes; ++i) {
        const std::clock_t before = std::clock();
        work();
        times.push_back(static_cast<double>(std::clock() - before) * 1e3 / CLOCKS_PER_SEC);
    }
    std::sort(times.begin(), times.end());
    std::printf("| %s | %.2f ms | %.2f ms | %s |\n", what, times.at(times.size() / 2), times.back(), aim);
}

} // namespace

int measurePromises(const QString &path)
{
    RecordingReader reader;
    if (!reader.open(path)) {
        std::fprintf(stderr, "%s\n", qPrintable(reader.problem()));
        return 1;
    }
    StateTimeline timeline(reader);
    timeline.update();
    const EventText text(reader, timeline.index());
    const LoopState &state = timeline.newest();
    std::printf("| %llu promises in %llu events | median | worst | aim |\n|---|---|---|---|\n",
        static_cast<unsigned long long>(state.totals.promisesCreated), static_cast<unsigned long long>(state.cursor));
    PromiseModel model;
    measure("fold up to the cursor", "100 ms", [&] {
        model.setSource(&reader, &timeline.index(), &text);
        model.moveTo(state);
    });
    PromiseChoice each;
    each.grouping = PromiseChoice::Grouping::Never;
    PromisePicture single;
    PromisePicture grouped;
    PromiseLayout layout;
    measure("picture, each promise", "100 ms", [&] { single = model.picture(state, each, {}, true); });
    measure("picture, grouped", "100 ms", [&] { grouped = model.picture(state, {}, {}, true); });
    measure("picture, filtered by a word", "100 ms", [&] { model.picture(state, each, QStringLiteral("e"), true); });
    measure("layout, each promise", "100 ms", [&] { layout = PromiseLayout::compute(single.items); });
    PromiseGraphView view(model);
    view.resize(1920, 1080);
    view.show();
    view.setPicture(single, state.cursor);
    QPixmap frame(view.size());
    measure("paint, normal size", "16 ms", [&] { view.render(&frame); });
    view.setZoom(0.06);
    measure("paint, smallest", "16 ms", [&] { view.render(&frame); });
    view.setZoom(0.3);
    measure("paint, zoomed out", "16 ms", [&] { view.render(&frame); });
    std::printf("| shown one by one, in groups | %zu of %zu, %zu | | |\n\n", single.shown, single.total, grouped.items.size());
    return 0;
}

} // namespace loopscope

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    loopscope::Theme::current().install(application);
    QStringList recordings = QApplication::arguments().mid(1);
    const bool isShort = recordings.removeAll(QStringLiteral("--short")) > 0;
    const QTemporaryDir folder;
    if (recordings.isEmpty()) {
        const QList<qint64> sizes = isShort ? QList<qint64>{500} : QList<qint64>{5'000, 100'000};
        for (const qint64 size : sizes) {
            recordings << folder.filePath(QStringLiteral("promises-%1.lscope").arg(size));
            if (!loopscope::RecordedProgram{QStringLiteral("promise-graph"), QStringLiteral("tasks"), size}.record(recordings.last()))
                return 1;
        }
    }
    int result = 0;
    for (const QString &recording : recordings)
        result = std::max(result, loopscope::measurePromises(recording));
    return result;
}
