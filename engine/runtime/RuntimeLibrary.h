// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJSEngine>
#include <QJSValue>

namespace loopscope {

/// The runtime's own JavaScript: three ES modules that the build bundled from js/core, js/lib and js/fetch and compiled ahead to byte code.
class RuntimeLibrary
{
public:
    /// The default export of bundle "core", "lib" or "fetch". An error value if it cannot be loaded, which is a defect of the build.
    static QJSValue load(QJSEngine &engine, const QString &bundle);
};

} // namespace loopscope
