// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ExportFormats.h"

#include "exchange/ChromeExport.h"
#include "exchange/CpuProfileExport.h"
#include "exchange/HtmlReport.h"
#include "exchange/PerfettoExport.h"
#include "exchange/SpeedscopeExport.h"
#include "exchange/TaskTableExport.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace loopscope {
namespace {

constexpr std::array formats = {
    ExportFormat{"chrome", "trace", writeChromeTrace},
    ExportFormat{"perfetto", "perfetto-trace", writePerfettoTrace},
    ExportFormat{"speedscope", "speedscope.json", writeSpeedscope},
    ExportFormat{"cpuprofile", "cpuprofile", writeCpuProfile},
    ExportFormat{"csv", "csv", writeTaskTable},
    ExportFormat{"html", "html", writeHtmlReport},
};

template<typename Condition>
const ExportFormat *find(Condition isMeant)
{
    const auto found = std::find_if(formats.begin(), formats.end(), isMeant);
    return found == formats.end() ? nullptr : found;
}

} // namespace

std::span<const ExportFormat> ExportFormat::all() { return formats; }

const ExportFormat *ExportFormat::named(const QString &name)
{
    return find([&](const ExportFormat &format) { return name == QLatin1String(format.name); });
}

const ExportFormat *ExportFormat::ofFile(const QString &file)
{
    return find([&](const ExportFormat &format) { return file.endsWith(QLatin1Char('.') + QLatin1String(format.suffix)); });
}

QString ExportFormat::names()
{
    QStringList list;
    for (const ExportFormat &format : formats)
        list.append(QLatin1String(format.name));
    return list.join(QStringLiteral(", "));
}

} // namespace loopscope
