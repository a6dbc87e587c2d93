// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/session/SweepReport.h"

#include <QByteArray>

namespace loopscope {

/// The lines of a run of the server lab, made up for tests: of models whose threads work in turns. Never part of the program.
class SampleStream
{
public:
    struct Shape
    {
        double seconds = 10;
        int poolThreads = 64;
        int spansASecond = 40; ///< of each thread
        bool ends = true;
    };

    static QByteArray lines(const Shape &shape);
    static Scenario scenario();
    /// Clients from 1 to 1000: the pool bends at 100 and breaks at 1000.
    static SweepReport sweep();
    /// What the threads of one model did up to `time`.
    static LabLanes lanes(ServerModel model, int threads, double from, double to, int spansASecond);
    static LabSample sample(ServerModel model, double time);
    static LabRequest request(ServerModel model, qint64 number);
    static LabResult result(ServerModel model, double seconds);
};

} // namespace loopscope
