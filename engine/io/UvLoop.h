// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <uv.h>

namespace loopscope {

/// Closes whatever handles a loop still has, runs their close callbacks, and the loop itself.
inline void closeLoop(uv_loop_t &loop)
{
    uv_walk(
        &loop,
        [](uv_handle_t *handle, void *) {
            if (!uv_is_closing(handle))
                uv_close(handle, nullptr);
        },
        nullptr);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
}

} // namespace loopscope
