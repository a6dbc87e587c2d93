// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Compares the discrete-event core with the formulas of queueing theory and prints a table in Markdown. Fails where it misses what it must
// keep.
//   QueueValidation [--short]
//     --short       few customers; shows that everything works. Differences are not judged
#include "servers/queueing/QueueSimulation.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <future>

namespace loopscope {

namespace {

constexpr double kMostDifference = 0.01; ///< of the mean wait and the p99
constexpr double kMostLittle = 0.005;
constexpr quint64 kUsual = 10'000'000;
/// Under heavy load waits of customers far apart still depend on each other, so that ten million say no more than to 1 %.
constexpr quint64 kMany = 100'000'000;

struct Setting
{
    double rate;
    const char *service;
    int servers = 1;
    qint64 capacity = 0;
    QueueDiscipline discipline = QueueDiscipline::Fifo;
    quint64 customers = kUsual;
};

constexpr QueueDiscipline kSharing = QueueDiscipline::ProcessorSharing;
constexpr std::array settings = {
    Setting{0.5, "exp:1"},
    Setting{0.7, "exp:1"},
    Setting{0.8, "exp:1"},
    Setting{0.9, "exp:1", 1, 0, QueueDiscipline::Fifo, kMany},
    Setting{1.4, "exp:1", 2},
    Setting{3.2, "exp:1", 4},
    Setting{3.6, "exp:1", 4, 0, QueueDiscipline::Fifo, kMany},
    Setting{28, "exp:1", 32, 0, QueueDiscipline::Fifo, kMany},
    Setting{0.8, "det:1"},
    Setting{0.8, "erlang:3:3"},
    Setting{0.7, "hyperexp:0.3:0.5:1.75"},
    Setting{0.6, "lognormal:-0.5:1"},
    Setting{0.5, "exp:1", 1, 0, kSharing},
    Setting{0.7, "exp:1", 1, 0, kSharing},
    Setting{0.7, "det:1", 1, 0, kSharing},
    Setting{0.7, "hyperexp:0.3:0.5:1.75", 1, 0, kSharing},
    Setting{3.2, "exp:1", 4, 0, kSharing},
    Setting{0.9, "exp:1", 1, 5},
    Setting{3.6, "exp:1", 4, 12},
    Setting{8, "exp:1", 4, 20},
    Setting{3.6, "exp:1", 4, 12, kSharing},
    Setting{18, "lognormal:-0.5:1", 20, 20},
};

class Validation
{
public:
    explicit Validation(bool isShort)
        : m_isShort(isShort)
    {
    }

    int run()
    {
        std::printf("| queue | service | load | customers | mean wait: simulated | theory | difference | p99 of sojourn: simulated | "
                    "theory | difference | "
                    "Little's law |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        // Two at a time; each is printed in its turn.
        std::future<QueueResult> next = start(settings.front());
        for (size_t i = 0; i < settings.size(); ++i) {
            std::future<QueueResult> running = std::move(next);
            if (i + 1 < settings.size())
                next = start(settings[i + 1]);
            print(settings[i], running.get());
            std::fflush(stdout);
        }
        std::printf("\nLargest difference of a mean wait: %.3f %%, of a p99: %.3f %% (at most %.1f %%), of Little's law: %.5f %% (at most "
                    "%.1f %%).\n",
            m_wait * 100, m_p99 * 100, kMostDifference * 100, m_little * 100, kMostLittle * 100);
        const bool isGood = m_wait <= kMostDifference && m_p99 <= kMostDifference && m_little <= kMostLittle;
        if (!isGood && !m_isShort)
            std::fprintf(stderr, "error: the discrete-event core differs from theory by more than it may.\n");
        return isGood || m_isShort ? 0 : 1;
    }

private:
    static QueueSetting queueOf(const Setting &setting)
    {
        QString problem;
        const auto service = Distribution::parse(QString::fromLatin1(setting.service), &problem);
        return {Distribution::exponential(setting.rate), service.value(), setting.servers, setting.discipline, setting.capacity};
    }

    std::future<QueueResult> start(const Setting &setting) const
    {
        return std::async(std::launch::async, [setting, isShort = m_isShort] {
            QString problem;
            const quint64 customers = isShort ? setting.customers / 1000 : setting.customers;
            return QueueSimulation::run(queueOf(setting), {customers, QueueSimulation::usualWarmup(customers)}, 1, &problem).value();
        });
    }

    void print(const Setting &setting, const QueueResult &result)
    {
        const QueueSetting queue = queueOf(setting);
        const QueuePrediction theory = QueueFormulas::predict(queue).value();
        std::printf(
            "| %s | `%s` | %.3g | %.0e | ", qPrintable(queue.name()), setting.service, queue.load(), static_cast<double>(result.customers));
        measured(result.meanWait, theory.meanWait, &m_wait);
        measured(result.p99, theory.p99, &m_p99);
        m_little = std::max(m_little, result.littleDifference);
        std::printf("%.5f %% |\n", result.littleDifference * 100);
    }

    static void measured(const QueueMeasure &measure, const std::optional<double> &theory, double *largest)
    {
        std::printf("%.5g ± %.2g | ", measure.value, measure.halfWidth);
        if (!theory) {
            std::printf("- | - | ");
            return;
        }
        std::printf("%.5g | ", *theory);
        if (*theory <= 0) {
            std::printf("- | ");
            return;
        }
        const double difference = (measure.value - *theory) / *theory;
        *largest = std::max(*largest, std::abs(difference));
        std::printf("%+.3f %% | ", difference * 100);
    }

    bool m_isShort;
    double m_wait = 0;
    double m_p99 = 0;
    double m_little = 0;
};

} // namespace

} // namespace loopscope

int main(int argc, char *argv[]) { return loopscope::Validation(argc > 1 && std::strcmp(argv[1], "--short") == 0).run(); }
