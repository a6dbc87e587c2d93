// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/ScriptCompiler.h"

#include <QByteArray>

#include <vector>

namespace loopscope {

/// Works round a defect of V4 (Qt 6.4): in the constructor of a derived class, an arrow function takes `this` as it was when the
/// constructor started, before super() gave it a value. In such constructors super() stores what it returns in a variable of ours, which
/// the arrow functions use. Runs on the lowered code, because class fields become statements of the constructor only there. Lines stay;
/// `functions` move with their columns.
QByteArray captureDerivedThis(const QByteArray &code, const QByteArray &prefix, std::vector<FunctionPlace> *functions);

} // namespace loopscope
