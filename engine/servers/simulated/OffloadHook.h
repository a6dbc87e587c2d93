// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/ServerHook.h"
#include "servers/lab/LabRun.h"

#include <algorithm>
#include <map>
#include <memory>

namespace loopscope {

/// Has functions of a simulated server run on worker threads, which are loops of the same virtual time.
class OffloadHook final : public ServerHook
{
public:
    /// `controls` has to live longer. `isWorker`: of such a thread itself.
    OffloadHook(QStringList names, const LabControls &controls, bool isWorker = false)
        : m_names(std::move(names))
        , m_controls(controls)
        , m_isWorker(isWorker)
    {
    }

    Place place() const override
    {
        Place place;
        if (m_isWorker)
            place.way = Place::Way::Worker;
        return place;
    }
    QStringList offloaded() const override { return m_names; }
    int workers() const override { return std::clamp(static_cast<int>(m_controls.value(LabControls::Knob::Threads)), 1, 1024); }
    ServerHook *hookOfWorker(int index) override
    {
        std::unique_ptr<OffloadHook> &hook = m_workers[index];
        if (!hook)
            hook = std::make_unique<OffloadHook>(m_names, m_controls, true);
        return hook.get();
    }

private:
    const QStringList m_names;
    const LabControls &m_controls;
    const bool m_isWorker;
    std::map<int, std::unique_ptr<OffloadHook>> m_workers;
};

} // namespace loopscope
