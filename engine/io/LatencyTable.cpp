// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/LatencyTable.h"

#include "io/WorkTime.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

struct Entry
{
    const char *operation;
    LatencyRange range;
};

constexpr quint64 microsecond = 1000;

constexpr LatencyRange oneCall = {60 * microsecond, 180 * microsecond};
constexpr LatencyRange oneCalculation = {5 * microsecond, 15 * microsecond}; // beside its work
constexpr LatencyRange oneChange = {90 * microsecond, 300 * microsecond};
constexpr LatencyRange wholeRead = {1'050 * microsecond, 1'800 * microsecond};
constexpr LatencyRange wholeWrite = {1'100 * microsecond, 2'000 * microsecond};

/// What is not named here is one call that reads.
constexpr std::array entries = {
    Entry{"readFile", wholeRead},
    Entry{"writeFile", wholeWrite},
    Entry{"appendFile", wholeWrite},
    Entry{"copyFile", {300 * microsecond, 900 * microsecond}},
    Entry{"truncate", {200 * microsecond, 500 * microsecond}},
    Entry{"open", {70 * microsecond, 200 * microsecond}},
    Entry{"close", {30 * microsecond, 90 * microsecond}},
    Entry{"opendir", {100 * microsecond, 350 * microsecond}},
    Entry{"readdir", {100 * microsecond, 350 * microsecond}},
    Entry{"realpath", {120 * microsecond, 350 * microsecond}},
    Entry{"write", oneChange},
    Entry{"ftruncate", oneChange},
    Entry{"mkdir", oneChange},
    Entry{"mkdtemp", oneChange},
    Entry{"rmdir", oneChange},
    Entry{"unlink", oneChange},
    Entry{"rename", oneChange},
    Entry{"link", oneChange},
    Entry{"symlink", oneChange},
    Entry{"rm", {300 * microsecond, 900 * microsecond}},
    Entry{"fsync", {1'000 * microsecond, 6'000 * microsecond}},
    Entry{"fdatasync", {1'000 * microsecond, 6'000 * microsecond}},
};

qsizetype bytesOf(const IoValue &value)
{
    if (const auto *bytes = std::get_if<QByteArray>(&value.value))
        return bytes->size();
    if (const auto *text = std::get_if<QString>(&value.value))
        return text->size();
    return 0;
}

} // namespace

LatencyRange latencyRange(const QString &operation)
{
    const auto found = std::find_if(
        entries.begin(), entries.end(), [&operation](const Entry &entry) { return operation == QLatin1String(entry.operation); });
    if (found != entries.end())
        return found->range;
    return isCalculation(operation) ? oneCalculation : oneCall;
}

quint64 transferTime(const IoOperation &operation, const IoResult &result)
{
    constexpr quint64 nanosecondsPerByteOf500MegabytesPerSecond = 2;
    const bool reads = operation.name == QLatin1String("readFile") || operation.name == QLatin1String("read");
    const bool writes = operation.name == QLatin1String("writeFile") || operation.name == QLatin1String("appendFile")
        || operation.name == QLatin1String("write");
    qsizetype bytes = 0;
    if (reads)
        bytes = bytesOf(result.value);
    else if (writes && operation.arguments.size() > 1)
        bytes = bytesOf(operation.arguments[1]);
    return static_cast<quint64>(bytes) * nanosecondsPerByteOf500MegabytesPerSecond;
}

} // namespace loopscope
