// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

#include <QByteArray>
#include <QString>

namespace loopscope {

class RuntimeHost;
class ServerHook;

/// Puts `server`, the way to the run's ServerHook, on the binding; nothing if there is no hook.
void defineServerNatives(RuntimeHost &host, QV4::Object *binding);

/// What is to be added to the end of the file at `path`, if it is the main module of a run whose hook has functions offloaded.
QByteArray offloadCode(RuntimeHost &host, const QString &path);

/// The hook of a worker that is called `name`, as server-offload.js calls its own; null for any other.
ServerHook *hookOfWorker(const RuntimeHost &host, const QString &name);

} // namespace loopscope
