// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures how long the Servers workspace's lanes and charts take for a picture, offscreen, with a thousand lanes and an hour of samples,
// one by one and the whole workspace from picture to picture, and prints a table in Markdown. What is drawn is made up here.
//   ServersBenchmark [--short]
// Exit code 1 if a picture takes longer than a sixtieth of a second.
#include "FrameWatch.h"

#include "servers/FigureChart.h"
#include "servers/LabRecord.h"
#include "servers/LaneView.h"
#include "servers/LaneWindow.h"
#include "servers/ModelCard.h"
#include "servers/ServersView.h"
#include "servers/lab/LabJson.h"
#include "theme/Theme.h"

#include <QFile>
#include <QImage>
#include <QKeyEvent>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <ctime>
#include <memory>

namespace loopscope {

namespace {

constexpr double kFrame = 1000.0 / 60;

struct Size
{
    int lanes;
    int seconds;
};

/// A tenth of a second of all threads: half of them change their state twice in it.
LabLanes lanesAt(int lanes, int tick)
{
    LabLanes told{ServerModel::ThreadPool, Truth::Simulated, (tick + 1) / 10.0, {}, 0, {}};
    for (int thread = 1; thread <= lanes; ++thread) {
        const double from = tick / 10.0;
        const auto turn = static_cast<unsigned>(tick + thread);
        if (turn % 2 == 0) {
            told.spans.push_back({thread, ThreadState::Running, from, from + 0.02, turn});
            told.spans.push_back({thread, ThreadState::Blocked, from + 0.02, told.time, turn});
        } else {
            told.spans.push_back({thread, ThreadState::Idle, from, told.time, 0});
        }
    }
    return told;
}

LabSample sampleAt(ServerModel model, int tick)
{
    LabSample sample;
    sample.model = model;
    sample.truth = Truth::Simulated;
    sample.time = (tick + 1) / 10.0;
    sample.interval = 0.1;
    sample.completed = 400 + (tick * 7919) % 41;
    sample.latency.p50 = 0.02 + (tick % 17) / 1e3;
    sample.latency.p99 = 3 * sample.latency.p50;
    return sample;
}

/// What this thread has had of a processor: others may be at work on this machine.
double threadMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

void print(const char *what, const std::vector<double> &times, bool *isTooSlow)
{
    const double worst = percentile(times, 0.99);
    std::printf("| %s | %.2f | %.2f |\n", what, percentile(times, 0.5), worst);
    *isTooSlow = *isTooSlow || worst > kFrame;
}

template<typename Step>
std::vector<double> measure(int count, QWidget &view, const Step &step)
{
    QImage picture(view.size(), QImage::Format_RGB32);
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        const double begun = threadMilliseconds();
        step(i);
        view.render(&picture);
        times.push_back(threadMilliseconds() - begun);
    }
    return times;
}

/// The lines of a run of three models: an hour of samples, and what a thousand threads of two of them did in the last minute.
QByteArray streamOf(const Size &size)
{
    LabStart start;
    start.scenario.script = QStringLiteral("server.js");
    start.scenario.load.seconds = size.seconds;
    start.scenario.models = {ServerModel::EventLoop, ServerModel::ThreadPool, ServerModel::ThreadPerRequest};
    for (const ServerModel model : start.scenario.models)
        start.runs.push_back({model, Truth::Simulated});
    QByteArray lines = LabJson::line(start);
    const int ticks = size.seconds * 10;
    for (int tick = 0; tick < ticks; ++tick) {
        for (const ServerModel model : start.scenario.models) {
            lines += LabJson::line(sampleAt(model, tick));
            if (tick < ticks - 600)
                continue;
            LabLanes lanes = lanesAt(model == ServerModel::EventLoop ? 1 : size.lanes, tick);
            lanes.model = model;
            lines += LabJson::line(lanes);
        }
    }
    return lines + LabJson::line(LabEnd{false, 1});
}

/// What the GUI thread does from one picture of the window to the next, while a person pans the lanes sixty times a second and something is
/// told in each of these moments, as while a run goes on.
std::vector<double> measurePictures(FrameWatch &application, ServersView &view, int count)
{
    std::vector<double> times;
    double last = threadMilliseconds();
    application.watch(&view, [&](double) {
        const double now = threadMilliseconds();
        times.push_back(now - last);
        last = now;
    });
    LaneView &lanes = view.cards().at(1)->lanes();
    int keys = 0;
    QTimer moments;
    moments.setTimerType(Qt::PreciseTimer);
    QObject::connect(&moments, &QTimer::timeout, &view, [&] {
        QMetaObject::invokeMethod(&view.session(), "grew"); // as if more had come: every chart has to be drawn again
        const int key = keys++ / 100 % 2 == 0 ? Qt::Key_Left : Qt::Key_Right;
        QKeyEvent press(QEvent::KeyPress, key, Qt::ShiftModifier);
        QApplication::sendEvent(&lanes, &press);
    });
    moments.start(qRound(kFrame));
    application.waitUntil([&] { return static_cast<int>(times.size()) >= count; });
    application.watch(nullptr, nullptr);
    return times;
}

bool measureWorkspace(FrameWatch &application, const Size &size, int frames, bool *isTooSlow)
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("run.jsonl"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(streamOf(size)) < 0)
        return false;
    file.close();
    for (const QSize &screen : {QSize(1366, 768), QSize(2560, 1440)}) {
        ServersView view;
        view.resize(screen);
        view.show();
        if (!view.openRun(path))
            return false;
        while (!view.isUpToDate())
            QApplication::processEvents(QEventLoop::AllEvents, 10);
        const QString what = QStringLiteral("the whole workspace, %1x%2, from picture to picture").arg(screen.width()).arg(screen.height());
        print(qPrintable(what), measurePictures(application, view, frames), isTooSlow);
    }
    return true;
}

} // namespace

int runServersBenchmark(FrameWatch &application, bool isShort)
{
    const Size size = isShort ? Size{100, 60} : Size{1000, 3600};
    const int pictures = isShort ? 20 : 200;
    bool isTooSlow = false;
    LabRecord record;
    LaneModel lanes;
    for (int tick = 0; tick < size.seconds * 10; ++tick) {
        lanes.take(lanesAt(size.lanes, tick));
        for (const ServerModel model : {ServerModel::EventLoop, ServerModel::ThreadPool, ServerModel::ThreadPerRequest})
            record.take(sampleAt(model, tick));
    }
    std::printf(
        "%d lanes, %d s, %.1f million spans; ms for a picture\n\n", size.lanes, size.seconds, static_cast<double>(lanes.spanCount()) / 1e6);
    std::printf("| what | median | p99 |\n|---|---|---|\n");
    LaneWindow window;
    LaneView view(ServerModel::ThreadPool, window);
    view.resize(1200, 800);
    view.ensurePolished();
    view.setLanes(&lanes);
    window.show(0, 10);
    print("lanes, gliding on", measure(pictures, view, [&](int i) { window.show(i * 0.016, i * 0.016 + 10); }), &isTooSlow);
    print(
        "lanes, another stretch of 10 s", measure(pictures, view, [&](int i) { window.show(i * 11 % 50, i * 11 % 50 + 10); }), &isTooSlow);
    print("lanes, all of it", measure(pictures, view, [&](int i) { window.show(-i, size.seconds); }), &isTooSlow);
    FigureChart throughput(QStringLiteral("throughput"), {{Figure::Throughput}}, FigureChart::Scale::FromZero);
    FigureChart latency(QStringLiteral("latency"), {{Figure::P50, Qt::DashLine}, {Figure::P99}}, FigureChart::Scale::Logarithmic);
    for (FigureChart *chart : {&throughput, &latency}) {
        chart->resize(600, 260);
        chart->ensurePolished();
        chart->setRecord(&record, size.seconds);
        chart->render(std::make_unique<QImage>(chart->size(), QImage::Format_RGB32).get());
        print(qPrintable(QStringLiteral("chart: ") + chart->title()), measure(pictures / 2, *chart, [&](int) { chart->refresh(); }),
            &isTooSlow);
    }
    if (!measureWorkspace(application, size, 3 * pictures, &isTooSlow))
        return 1;
    return isTooSlow && !isShort ? 1 : 0;
}

} // namespace loopscope

int main(int argc, char **argv)
{
    loopscope::FrameWatch application(argc, argv);
    loopscope::Theme::current().install(application);
    return loopscope::runServersBenchmark(application, argc > 1 && QByteArrayView(argv[1]) == "--short");
}
