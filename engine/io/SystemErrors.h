// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"

namespace loopscope {

/// "ENOENT" and "no such file or directory" for a negative errno, in the words of libuv (uv_err_name, uv_strerror), which are those that
/// Node prints. Numbers that libuv does not know give "UNKNOWN" and "unknown error".
struct SystemErrorName
{
    QString code;
    QString description;
};
SystemErrorName systemErrorName(int negativeErrno);

/// The error of a failed operation. `negativeErrno` is below 0; path and destination are null if Node's error has none.
IoError makeIoError(int negativeErrno, const QString &syscall, const QString &path = {}, const QString &destination = {});

} // namespace loopscope
