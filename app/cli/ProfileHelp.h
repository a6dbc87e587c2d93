// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace loopscope {

/// The help of `loopscope profile`.
class ProfileHelp
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::ProfileHelp)

public:
    static QString text();
};

} // namespace loopscope
