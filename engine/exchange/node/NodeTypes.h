// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <QString>

namespace loopscope {

/// What a resource of async_hooks is in our terms.
struct NodeType
{
    enum class Kind : quint8 {
        Promise,
        Tick,
        Microtask,
        Timer,
        Immediate,
        Request, ///< calls back once
        Handle, ///< calls back as often as something comes
        Own, ///< the recorder's own timer
    };
    Kind kind = Kind::Handle;
    IoKind io = IoKind::Other; ///< of requests and handles

    /// By the name that Node gives it ("FSREQCALLBACK"). A name that is not known, such as that of a class of the person's, is a handle's.
    static NodeType named(const QString &name);
};

} // namespace loopscope
