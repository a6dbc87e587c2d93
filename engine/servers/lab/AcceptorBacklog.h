// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace loopscope {

/// Connections that the kernel keeps in front of a thread that does nothing but accept them: the dispatcher of thread and process models.
/// Linux gives no more unless net.core.somaxconn is raised.
constexpr int acceptorBacklog = 4096;

} // namespace loopscope
