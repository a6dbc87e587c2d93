// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "NodeArguments.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace loopscope {

namespace {

const QStringList evaluating = {
    QStringLiteral("-e"), QStringLiteral("--eval"), QStringLiteral("-p"), QStringLiteral("--print"), QStringLiteral("-pe")};
const QStringList withValue = {QStringLiteral("-r"), QStringLiteral("--require"), QStringLiteral("--import"), QStringLiteral("-C"),
    QStringLiteral("--conditions"), QStringLiteral("--loader"), QStringLiteral("--experimental-loader"), QStringLiteral("--title")};

/// The text that prints what `text` evaluates to.
QString printing(const QString &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QStringLiteral("console.log(eval(") + QString::fromUtf8(list.mid(1, list.size() - 2)) + QStringLiteral("))");
}

} // namespace

NodeArguments NodeArguments::read(const QStringList &arguments)
{
    NodeArguments read;
    qsizetype index = 0;
    for (; index < arguments.size() && arguments[index].size() > 1 && arguments[index].startsWith(QLatin1Char('-')); ++index) {
        const QString &option = arguments[index];
        if (option == QLatin1String("--")) {
            ++index;
            break;
        }
        if (option == QLatin1String("-v") || option == QLatin1String("--version")) {
            read.text = QStringLiteral("console.log(process.version)");
        } else if (evaluating.contains(option)) {
            const QString text = arguments.value(++index);
            read.options << option << text;
            read.text = option.startsWith(QLatin1String("-p")) || option == QLatin1String("--print") ? printing(text) : text;
        } else {
            read.options.append(option);
            if (withValue.contains(option) && index + 1 < arguments.size())
                read.options.append(arguments[++index]);
        }
    }
    if (!read.text)
        read.file = index < arguments.size() ? arguments[index++] : QStringLiteral("-");
    read.rest = arguments.mid(index);
    return read;
}

} // namespace loopscope
