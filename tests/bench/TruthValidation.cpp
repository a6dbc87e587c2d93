// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs presets of the server lab really, simulated and modelled, and prints in a table in Markdown how far the latter two are from the
// first, of whose runs the median counts. The costs of simulated runs and the profiles of modelled ones come from `loopscope lab profile
// --truth real`, a second for each route before.
//   TruthValidation [--short] [PRESET...]     --short: one load, seconds; shows that everything works. PRESET: only loads on these
// Exit code 1 if a run gives no result. Differences are told, not judged: they depend on how quiet the machine is.
#include "servers/presets/LabPresets.h"
#include "servers/session/LabReport.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

namespace loopscope {

namespace {

constexpr double kMostDifference = 0.15;
constexpr int kRealRuns = 3; ///< of each load; their median counts

/// A load on a preset: what is set otherwise than in its file.
struct Setting
{
    const char *preset;
    ServerModel model;
    const char *knobs; ///< as --set takes them, separated by spaces
    const char *load; ///< for people
};

constexpr std::array settings = {
    Setting{"slow-backend", ServerModel::EventLoop, "clients=50", "50 clients"},
    Setting{"slow-backend", ServerModel::EventLoop, "clients=200", "200 clients"},
    Setting{"slow-backend", ServerModel::ThreadPool, "clients=50 threads=16", "50 clients, 16 threads"},
    Setting{"rest-api", ServerModel::EventLoop, "rate=100", "100/s"},
    Setting{"rest-api", ServerModel::EventLoop, "rate=400", "400/s"},
    Setting{"rest-api", ServerModel::Processes, "rate=200 threads=4", "200/s, 4 processes"},
    Setting{"microservices", ServerModel::EventLoop, "clients=20", "20 clients"},
    Setting{"images", ServerModel::EventLoop, "clients=2", "2 clients"},
    Setting{"images", ServerModel::EventLoop, "clients=12", "12 clients: saturated"},
    Setting{"images", ServerModel::ThreadPool, "clients=2 threads=2", "2 clients, 2 threads"},
    Setting{"blocking", ServerModel::EventLoop, "rate=100", "100/s"},
    Setting{"not-blocking", ServerModel::EventLoop, "rate=100", "100/s"},
    Setting{"upload", ServerModel::EventLoop, "rate=20", "20/s"},
    Setting{"streaming", ServerModel::EventLoop, "rate=5", "5/s"},
    Setting{"stocks", ServerModel::EventLoop, "clients=100", "100 clients"},
};
constexpr std::array truths = {Truth::Real, Truth::Simulated, Truth::Modelled};

/// Three digits, and all of those before the point.
QByteArray digits(double value)
{
    constexpr double fourDigits = 999.5;
    return value < fourDigits ? QByteArray::number(value, 'g', 3) : QByteArray::number(value, 'f', 0);
}

class TruthValidation
{
public:
    TruthValidation(bool isShort, QStringList presets)
        : m_isShort(isShort)
        , m_presets(std::move(presets))
    {
    }

    int run()
    {
        std::printf("| preset, model, load | answers/s: real | simulated | modelled | p50: real | simulated | modelled "
                    "|\n|---|---|---|---|---|---|---|\n");
        const std::size_t count = m_isShort ? 1 : settings.size();
        for (std::size_t index = 0; index < count; ++index) {
            if (m_presets.isEmpty() || m_presets.contains(QString::fromLatin1(settings.at(index).preset)))
                compare(settings.at(index));
        }
        std::printf(
            "\n%d of %d differences are within %.0f %%; those that are not are bold.\n", m_within, m_differences, kMostDifference * 100);
        for (const QString &problem : m_problems)
            std::fprintf(stderr, "%s\n", qPrintable(problem));
        return m_problems.isEmpty() ? 0 : 1;
    }

private:
    /// The file of the preset with this machine's costs and its profile; empty if that could not be had.
    QString calibrated(const QString &preset)
    {
        const QString file = m_folder.filePath(preset + QStringLiteral("-here.json"));
        if (QFile::exists(file))
            return file;
        QString problem;
        const std::optional<QString> scenario = placeLabPreset(preset, m_folder.path(), &problem);
        if (!scenario) {
            m_problems.append(problem);
            return {};
        }
        const QString profile = m_folder.filePath(preset + QStringLiteral("-profile.json"));
        return perform({QStringLiteral("lab"), QStringLiteral("profile"), *scenario, QStringLiteral("--truth"), QStringLiteral("real"),
                   QStringLiteral("-o"), profile, QStringLiteral("--scenario"), file})
            ? file
            : QString();
    }

    bool perform(const QStringList &arguments)
    {
        QProcess process;
        process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"), arguments);
        constexpr int patience = 120'000; // ms
        if (process.waitForFinished(patience) && process.exitCode() == 0)
            return true;
        m_problems.append(QStringLiteral("loopscope %1: %2").arg(arguments.join(u' '), QString::fromUtf8(process.readAllStandardError())));
        return false;
    }

    void compare(const Setting &setting)
    {
        const QString scenario = calibrated(QString::fromLatin1(setting.preset));
        std::vector<LabResult> results = resultsOf(setting, scenario, QStringLiteral("simulated,modelled"));
        for (int time = 0; time < (m_isShort ? 1 : kRealRuns); ++time) {
            for (LabResult &result : resultsOf(setting, scenario, QStringLiteral("real")))
                results.push_back(std::move(result));
        }
        std::printf("| %s, %s, %s |", setting.preset, qPrintable(nameOf(setting.model)), setting.load);
        printFigures(
            results, [](const LabResult &result) { return result.throughput; }, 1, "");
        printFigures(
            results, [](const LabResult &result) { return result.latency.p50; }, 1e3, " ms");
        std::printf("\n");
        std::fflush(stdout);
    }

    /// None, and a problem, if there are none.
    std::vector<LabResult> resultsOf(const Setting &setting, const QString &scenario, const QString &kinds)
    {
        if (scenario.isEmpty())
            return {};
        const QString reportFile = m_folder.filePath(QStringLiteral("report.json"));
        QStringList arguments{QStringLiteral("lab"), scenario, QStringLiteral("--model"), keyOf(setting.model), QStringLiteral("--truth"),
            kinds, QStringLiteral("--seconds"), m_isShort ? QStringLiteral("0.5") : QStringLiteral("4"), QStringLiteral("--quiet"),
            QStringLiteral("-o"), reportFile};
        for (const QString &knob : QString::fromLatin1(setting.knobs).split(u' '))
            arguments << QStringLiteral("--set") << knob;
        QFile::remove(reportFile);
        perform(arguments); // a run without a result shows in the table
        QString problem;
        std::optional<LabReport> report = QFile::exists(reportFile) ? LabReport::read(reportFile, &problem) : std::nullopt;
        if (!problem.isEmpty())
            m_problems.append(problem);
        return report ? std::move(report->results) : std::vector<LabResult>();
    }

    template<typename Figure>
    void printFigures(const std::vector<LabResult> &results, Figure figure, double unit, const char *name)
    {
        double real = 0;
        for (const Truth truth : truths) {
            std::vector<double> values;
            for (const LabResult &result : results) {
                if (result.truth == truth)
                    values.push_back(figure(result) * unit);
            }
            if (values.empty()) {
                std::printf(" none |");
                continue;
            }
            std::sort(values.begin(), values.end());
            const double value = values[values.size() / 2];
            if (truth == Truth::Real)
                std::printf(" %s%s |", digits(real = value).constData(), name);
            else if (real > 0)
                printDifference(value, value / real - 1, name);
            else
                std::printf(" %s%s |", digits(value).constData(), name);
        }
    }

    void printDifference(double value, double difference, const char *name)
    {
        const bool isWithin = std::abs(difference) <= kMostDifference;
        m_within += isWithin ? 1 : 0;
        ++m_differences;
        std::printf(isWithin ? " %s%s (%+.0f %%) |" : " %s%s (**%+.0f %%**) |", digits(value).constData(), name, difference * 100);
    }

    const bool m_isShort;
    const QStringList m_presets; ///< empty: all
    const QTemporaryDir m_folder;
    QStringList m_problems;
    int m_within = 0;
    int m_differences = 0;
};

} // namespace

} // namespace loopscope

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QStringList presets = QCoreApplication::arguments().mid(1);
    const bool isShort = presets.removeAll(QStringLiteral("--short")) > 0;
    return loopscope::TruthValidation(isShort, presets).run();
}
