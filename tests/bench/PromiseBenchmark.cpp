// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures the promise graph of a recording with thousands of promises, at 1920x1080, and prints a table in Markdown. Times
// are processor time, so that other programs do not count.
//   PromiseBenchmark RECORDING
#include "promises/PromiseGraphView.h"
#include "recording/RecordingReader.h"
#include "state/StateTimeline.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QPixmap>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace loopscope {

namespace {

constexpr int kTimes = 20;

template<typename Work>
void measure(const char *what, Work &&work)
{
    std::vector<double> times;
    for (int i = 0; i < kTimes; ++i) {
        const std::clock_t before = std::clock();
        work();
        times.push_back(static_cast<double>(std::clock() - before) * 1e3 / CLOCKS_PER_SEC);
    }
    std::sort(times.begin(), times.end());
    std::printf("| %s | %.2f ms | %.2f ms |\n", what, times.at(times.size() / 2), times.back());
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
    std::printf("%llu events\n\n| what | median | worst |\n|---|---|---|\n", static_cast<unsigned long long>(state.cursor));
    PromiseModel model;
    measure("fold up to the cursor", [&] {
        model.setSource(&reader, &timeline.index(), &text);
        model.moveTo(state);
    });
    PromiseChoice each;
    each.grouping = PromiseChoice::Grouping::Never;
    PromisePicture single;
    PromisePicture grouped;
    PromiseLayout layout;
    measure("picture, each promise", [&] { single = model.picture(state, each, {}, true); });
    measure("picture, grouped", [&] { grouped = model.picture(state, {}, {}, true); });
    measure("picture, filtered by a word", [&] { model.picture(state, each, QStringLiteral("e"), true); });
    measure("layout, each promise", [&] { layout = PromiseLayout::compute(single.items); });
    PromiseGraphView view(model);
    view.resize(1920, 1080);
    view.show();
    view.setPicture(single, state.cursor);
    QPixmap frame(view.size());
    measure("paint, normal size", [&] { view.render(&frame); });
    view.setZoom(0.06);
    measure("paint, smallest", [&] { view.render(&frame); });
    view.setZoom(0.3);
    measure("paint, zoomed out", [&] { view.render(&frame); });
    std::printf("\n%zu promises shown of %zu, %zu in groups\n", single.shown, single.total, grouped.items.size());
    return 0;
}

} // namespace loopscope

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    loopscope::Theme::current().install(application);
    if (argc < 2) {
        std::fprintf(stderr, "PromiseBenchmark RECORDING\n");
        return 1;
    }
    return loopscope::measurePromises(QString::fromLocal8Bit(argv[1]));
}
