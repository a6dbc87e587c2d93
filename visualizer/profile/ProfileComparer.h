// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/ComparedProfiles.h"

#include <QObject>

#include <vector>

class QThread;

namespace loopscope {

/// Makes ComparedProfiles in a thread beside the window's. A request replaces the one before. GUI thread only.
class ProfileComparer : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    ~ProfileComparer() override;

    void start(const ComparedProfiles::Request &request);
    /// What was asked for is not wanted any more.
    void cancel();
    bool isBusy() const { return m_unwanted != nullptr; }

Q_SIGNALS:
    void compared(const std::shared_ptr<loopscope::ComparedProfiles> &profiles);
    void failed(const QString &sentence);

private:
    std::vector<QThread *> m_threads; ///< also those that nobody waits for any more
    std::shared_ptr<std::atomic_bool> m_unwanted; ///< of the one that is under way
};

} // namespace loopscope
