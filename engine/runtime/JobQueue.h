// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/Jobs.h"

namespace loopscope {

/// A first-in, first-out queue of jobs, linked through the jobs themselves and rooted at its head.
class JobQueue
{
public:
    explicit JobQueue(QV4::ExecutionEngine *engine)
        : m_engine(engine)
        , m_head(engine, QV4::Encode::undefined())
    {
    }

    bool isEmpty() const { return m_tail == nullptr; }

    void append(QV4::Heap::LoopscopeJob *job)
    {
        job->next.set(m_engine, nullptr);
        if (m_tail)
            m_tail->next.set(m_engine, job);
        else
            m_head.set(m_engine, job);
        m_tail = job;
    }

    /// Takes the first job; the caller must root it. The queue must not be empty.
    QV4::Heap::LoopscopeJob *takeFirst()
    {
        auto *job = static_cast<QV4::Heap::LoopscopeJob *>(m_head.valueRef()->heapObject());
        if (QV4::Heap::LoopscopeJob *next = job->next) {
            m_head.set(m_engine, next);
            job->next.set(m_engine, nullptr);
        } else {
            m_head.set(m_engine, QV4::Encode::undefined());
            m_tail = nullptr;
        }
        return job;
    }

private:
    QV4::ExecutionEngine *m_engine;
    QV4::PersistentValue m_head;
    QV4::Heap::LoopscopeJob *m_tail = nullptr; ///< kept alive by the chain from the head
};

} // namespace loopscope
