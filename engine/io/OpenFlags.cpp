// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/OpenFlags.h"

#include <algorithm>
#include <array>
#include <fcntl.h>

namespace loopscope {

namespace {

struct NamedFlags
{
    const char *name;
    int flags;
};

constexpr int write = O_TRUNC | O_CREAT | O_WRONLY;
constexpr int writeAndRead = O_TRUNC | O_CREAT | O_RDWR;
constexpr int append = O_APPEND | O_CREAT | O_WRONLY;
constexpr int appendAndRead = O_APPEND | O_CREAT | O_RDWR;

/// https://nodejs.org/docs/latest-v20.x/api/fs.html#file-system-flags
constexpr std::array table = {
    NamedFlags{"r", O_RDONLY},
    NamedFlags{"rs", O_RDONLY | O_SYNC},
    NamedFlags{"sr", O_RDONLY | O_SYNC},
    NamedFlags{"r+", O_RDWR},
    NamedFlags{"rs+", O_RDWR | O_SYNC},
    NamedFlags{"sr+", O_RDWR | O_SYNC},
    NamedFlags{"w", write},
    NamedFlags{"wx", write | O_EXCL},
    NamedFlags{"xw", write | O_EXCL},
    NamedFlags{"w+", writeAndRead},
    NamedFlags{"wx+", writeAndRead | O_EXCL},
    NamedFlags{"xw+", writeAndRead | O_EXCL},
    NamedFlags{"a", append},
    NamedFlags{"ax", append | O_EXCL},
    NamedFlags{"xa", append | O_EXCL},
    NamedFlags{"as", append | O_SYNC},
    NamedFlags{"sa", append | O_SYNC},
    NamedFlags{"a+", appendAndRead},
    NamedFlags{"ax+", appendAndRead | O_EXCL},
    NamedFlags{"xa+", appendAndRead | O_EXCL},
    NamedFlags{"as+", appendAndRead | O_SYNC},
    NamedFlags{"sa+", appendAndRead | O_SYNC},
};

} // namespace

std::optional<int> openFlags(const IoValue &flag, int fallback)
{
    if (const auto *number = std::get_if<double>(&flag.value))
        return static_cast<int>(*number);
    const auto *name = std::get_if<QString>(&flag.value);
    if (!name)
        return fallback;
    const auto found =
        std::find_if(table.begin(), table.end(), [name](const NamedFlags &entry) { return *name == QLatin1String(entry.name); });
    if (found == table.end())
        return std::nullopt;
    return found->flags;
}

} // namespace loopscope
