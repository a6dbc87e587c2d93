// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/RecordingReader.h"

#include <QByteArrayView>

namespace loopscope {
namespace {

constexpr qsizetype longestCode = 40; ///< of a function without a name

QByteArrayView lineOf(QByteArrayView text, quint32 line)
{
    qsizetype start = 0;
    for (quint32 i = 1; i < line; ++i) {
        const qsizetype end = text.indexOf('\n', start);
        if (end < 0)
            return {};
        start = end + 1;
    }
    const qsizetype end = text.indexOf('\n', start);
    return text.sliced(start, (end < 0 ? text.size() : end) - start);
}

/// The beginning of a function's code: "() => ready()", "async (request) => {…}".
QString codeOf(const SourceText &source, const Site &function)
{
    const QString line = QString::fromUtf8(lineOf(source.text, function.line));
    const qsizetype start = static_cast<qsizetype>(function.column) - 1;
    const bool isOneLine = function.endLine == function.line;
    QString code = line.mid(start, isOneLine ? static_cast<qsizetype>(function.endColumn) - 1 - start : -1).simplified();
    if (code.isEmpty())
        return QStringLiteral("(anonymous)");
    if (!isOneLine)
        code += code.endsWith(QLatin1Char('{')) ? QStringLiteral("…}") : QStringLiteral(" …");
    return code.size() > longestCode ? code.left(longestCode - 1) + QStringLiteral("…") : code;
}

} // namespace

const Site *SitePlace::function() const
{
    if (!isValid() || site->kind == SiteKind::Function)
        return site;
    return site->function < source->sites.size() ? &source->sites[site->function] : nullptr;
}

QString SitePlace::functionName() const
{
    const Site *of = function();
    if (of == nullptr || of == source->sites.data())
        return {};
    return of->name.isEmpty() ? codeOf(*source, *of) : of->name;
}

QString SitePlace::snippet() const { return isValid() ? QString::fromUtf8(lineOf(source->text, site->line).trimmed()) : QString(); }

QString SitePlace::fileName() const { return isValid() ? source->path.section(QLatin1Char('/'), -1) : QString(); }

QString SitePlace::shortPlace() const { return isValid() ? QStringLiteral("%1:%2").arg(fileName()).arg(site->line) : QString(); }

} // namespace loopscope
