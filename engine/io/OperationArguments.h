// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"

namespace loopscope {

/// Reads the arguments of an operation by position. Arguments that are missing or of another type read as the fallback: the JavaScript
/// side has checked types already, as Node does.
class OperationArguments
{
public:
    explicit OperationArguments(const std::vector<IoValue> &values)
        : m_values(values)
    {
    }

    const IoValue &value(std::size_t index) const
    {
        static const IoValue none;
        return index < m_values.size() ? m_values[index] : none;
    }
    bool isNumber(std::size_t index) const { return std::holds_alternative<double>(value(index).value); }
    double number(std::size_t index, double fallback) const
    {
        const auto *found = std::get_if<double>(&value(index).value);
        return found ? *found : fallback;
    }
    int integer(std::size_t index, int fallback) const { return static_cast<int>(number(index, fallback)); }
    bool flag(std::size_t index) const
    {
        const auto *found = std::get_if<bool>(&value(index).value);
        return found ? *found : number(index, 0) != 0;
    }
    /// A path as the script gave it, for messages; never null.
    QString path(std::size_t index) const
    {
        if (const auto *bytes = std::get_if<QByteArray>(&value(index).value))
            return QString::fromUtf8(*bytes);
        const auto *found = std::get_if<QString>(&value(index).value);
        return found && !found->isNull() ? *found : QLatin1String("");
    }
    /// A path as the kernel takes it.
    QByteArray pathBytes(std::size_t index) const { return bytes(index); }
    /// Data to write; text is written as UTF-8.
    QByteArray bytes(std::size_t index) const
    {
        if (const auto *text = std::get_if<QString>(&value(index).value))
            return text->toUtf8();
        const auto *found = std::get_if<QByteArray>(&value(index).value);
        return found ? *found : QByteArray();
    }

private:
    const std::vector<IoValue> &m_values;
};

} // namespace loopscope
