// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/ExportNames.h"
#include "exchange/TextSink.h"

#include <span>

namespace loopscope {

/// A format that recordings are written in.
struct ExportFormat
{
    const char *name; ///< "chrome"
    const char *suffix; ///< that files of this format and no other end in, without the dot; empty if there is none
    void (*write)(const ExportNames &names, TextSink &sink);

    static std::span<const ExportFormat> all();
    /// Null if there is none of that name.
    static const ExportFormat *named(const QString &name);
    /// Null if the ending of a file's name does not tell.
    static const ExportFormat *ofFile(const QString &file);
    /// "chrome, speedscope, ...".
    static QString names();
};

} // namespace loopscope
