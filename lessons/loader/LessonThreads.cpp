// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonThreads.h"

#include <QThread>

#include <memory>
#include <vector>

namespace loopscope {

void runInThreads(int count, const std::function<void()> &work)
{
    // Threads of Qt's: only at their end what was left to be deleted later is deleted.
    std::vector<std::unique_ptr<QThread>> others;
    for (int number = 1; number < count; ++number) {
        others.emplace_back(QThread::create(work));
        others.back()->start();
    }
    work();
    for (const std::unique_ptr<QThread> &thread : others)
        thread->wait();
}

} // namespace loopscope
