// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/LabSweep.h"

#include "servers/session/LabTable.h"
#include "servers/session/MachineText.h"

#include <QTimer>

namespace loopscope {

LabSweep::LabSweep(const QString &program, QObject *parent)
    : QObject(parent)
    , m_program(program)
{
}

void LabSweep::start(SweepReport *report, double wallLimitSeconds)
{
    m_report = report;
    m_wallLimitSeconds = wallLimitSeconds;
    for (const SweepReport::Job &job : report->jobsLeft())
        (job.run.truth == Truth::Real ? m_real : m_virtual).push_back(job);
    m_done = 0;
    m_all = static_cast<int>(m_virtual.size() + m_real.size());
    startWaiting();
}

void LabSweep::stop()
{
    m_isStopping = true;
    m_virtual.clear();
    m_real.clear();
    for (LabSession *session : m_sessions)
        session->stop();
    startWaiting();
}

void LabSweep::startWaiting()
{
    const auto next = [](std::deque<SweepReport::Job> *jobs) {
        const SweepReport::Job job = jobs->front();
        jobs->pop_front();
        return job;
    };
    while (!m_virtual.empty() && static_cast<int>(m_sessions.size()) < usableCores())
        startJob(next(&m_virtual));
    if (m_sessions.empty() && !m_real.empty())
        startJob(next(&m_real));
    if (m_sessions.empty())
        QTimer::singleShot(0, this, &LabSweep::ended);
}

void LabSweep::startJob(const SweepReport::Job &job)
{
    auto *session = new LabSession(m_program, this);
    m_sessions.push_back(session);
    connect(session, &LabSession::told, this, [this, job](const LabMessage &message) { take(job, message); });
    connect(session, &LabSession::ended, this, [this, session] { closeJob(session); });
    LabPlan plan;
    plan.scenario = m_report->scenarioAt(job.value);
    plan.runs = {job.run};
    plan.wallLimitSeconds = m_wallLimitSeconds;
    session->start(plan);
}

void LabSweep::take(const SweepReport::Job &job, const LabMessage &message)
{
    if (m_isStopping)
        return;
    const QString where =
        QStringLiteral("%1 = %2, %3 (%4)")
            .arg(LabControls::keyOf(m_report->over), QString::number(job.value, 'g', 10), nameOf(job.run.model), nameOf(job.run.truth));
    if (const auto *result = std::get_if<LabResult>(&message)) {
        m_report->points.push_back({job.value, *result});
        m_report->points.back().result.histogram.clear();
        Q_EMIT progressed(
            ++m_done, m_all, tr("%1: %2/s, p99 %3").arg(where, LabTable::count(result->throughput), LabTable::time(result->latency.p99)));
    } else if (const auto *problem = std::get_if<LabProblem>(&message)) {
        m_report->problems.push_back({job.value, *problem});
        Q_EMIT progressed(++m_done, m_all, QStringLiteral("%1: %2").arg(where, problem->text));
    }
}

void LabSweep::closeJob(LabSession *session)
{
    std::erase(m_sessions, session);
    session->deleteLater();
    startWaiting();
}

} // namespace loopscope
