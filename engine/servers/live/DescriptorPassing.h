// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace loopscope {

/// Both ends of a Unix socket; the first is closed in other programs, the second is for one of them.
struct Channel
{
    int own = -1;
    int other = -1;

    /// False, and errno, if there are no more descriptors.
    bool open();
};

/// Sends bytes with a copy of a descriptor. False, and errno, if they were not taken.
bool sendWithDescriptor(int socket, const void *bytes, std::size_t size, int descriptor);
/// Waits for bytes that were sent so; `descriptor`: -1 if none came. It is inherited by programs. False at the end.
bool receiveWithDescriptor(int socket, void *bytes, std::size_t size, int *descriptor);

} // namespace loopscope
