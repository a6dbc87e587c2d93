// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "../RecordedScript.h"
#include "analysis/profiler/ProfileText.h"

namespace loopscope {

/// A script's recording with its profile.
struct ProfiledScript : RecordedScript
{
    explicit ProfiledScript(const QByteArray &script, const QStringList &options = {})
        : RecordedScript(script, options)
    {
        profile.update(reader);
    }

    ProfileText text{reader, words};
    Profile profile;
};

} // namespace loopscope
