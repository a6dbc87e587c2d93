// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/ProfileComparer.h"

#include <QThread>

namespace loopscope {

ProfileComparer::~ProfileComparer()
{
    cancel();
    for (QThread *thread : m_threads) {
        thread->wait();
        delete thread;
    }
}

void ProfileComparer::cancel()
{
    if (m_unwanted != nullptr)
        *m_unwanted = true;
    m_unwanted.reset();
}

void ProfileComparer::start(const ComparedProfiles::Request &request)
{
    cancel();
    const auto unwanted = std::make_shared<std::atomic_bool>(false);
    const auto profiles = std::make_shared<ComparedProfiles>();
    const auto isMade = std::make_shared<bool>(false);
    QThread *thread = QThread::create([=] { *isMade = profiles->make(request, *unwanted); });
    connect(thread, &QThread::finished, this, [=, this] {
        std::erase(m_threads, thread);
        thread->deleteLater();
        if (unwanted != m_unwanted)
            return;
        m_unwanted.reset();
        if (*isMade)
            Q_EMIT compared(profiles);
        else
            Q_EMIT failed(profiles->problem());
    });
    m_threads.push_back(thread);
    m_unwanted = unwanted;
    thread->start(QThread::LowPriority);
}

} // namespace loopscope
