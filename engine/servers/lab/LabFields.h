// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/JsonFields.h"
#include "servers/lab/LabEvents.h"
#include "servers/lab/Scenario.h"

/// The members of scenarios and of what runs tell, as their JSON has them; JsonFields.h says how these lists are used. Ranges are what
/// people may write: wide enough for a model of a data centre, and bounded so that a slip of the finger asks for no exabyte.
namespace loopscope {

inline QStringList serverModelKeys()
{
    QStringList keys;
    for (int model = 0; model <= static_cast<int>(ServerModel::Node); ++model)
        keys.append(keyOf(static_cast<ServerModel>(model)));
    return keys;
}

inline QStringList truthKeys() { return {keyOf(Truth::Real), keyOf(Truth::Simulated), keyOf(Truth::Modelled)}; }

template<typename Fields>
void describe(Fields &fields, ScenarioRoute &route)
{
    fields.text("method", route.method);
    fields.text("path", route.path);
    fields.number("weight", route.weight, {0, 1e9});
    fields.texts("headers", route.headers);
    fields.text("body", route.body);
    fields.whole("bodyBytes", route.bodyBytes, {0, 1 << 30});
}

template<typename Fields>
void describe(Fields &fields, ScenarioLoad &load)
{
    static const QStringList arrivals = {
        QStringLiteral("closed"), QStringLiteral("poisson"), QStringLiteral("bursts"), QStringLiteral("ramp"), QStringLiteral("replay")};
    static const QStringList protocols = {QStringLiteral("http"), QStringLiteral("websocket")};
    fields.choice("arrivals", load.arrivals, arrivals);
    fields.choice("protocol", load.protocol, protocols);
    fields.whole("clients", load.clients, {1, 1e7});
    fields.number("rate", load.rate, {0.001, 1e7});
    fields.number("rateEnd", load.rateEnd, {0.001, 1e7});
    fields.whole("burstSize", load.burstSize, {1, 1e6});
    fields.number("burstSeconds", load.burstSeconds, {0.001, 3600});
    fields.text("replayFile", load.replayFile);
    fields.text("thinkTime", load.thinkTime);
    fields.flag("keepAlive", load.keepAlive);
    fields.whole("idleConnections", load.idleConnections, {0, 1e7});
    fields.number("seconds", load.seconds, {0.01, 3600});
    fields.number("warmupSeconds", load.warmupSeconds, {0, 600});
    fields.whole("requests", load.requests, {0, 1e10});
    fields.number("timeoutSeconds", load.timeoutSeconds, {0.001, 3600});
    fields.parts("routes", load.routes);
}

template<typename Fields>
void describe(Fields &fields, ScenarioMachine &machine)
{
    fields.whole("cores", machine.cores, {1, 1024});
    fields.number("timeSliceMilliseconds", machine.timeSliceMilliseconds, {0.01, 10000});
    fields.number("contextSwitchMicroseconds", machine.contextSwitchMicroseconds, {0, 1e6});
    fields.number("threadStartMicroseconds", machine.threadStartMicroseconds, {0, 1e6});
    fields.number("statementNanoseconds", machine.statementNanoseconds, {0, 1e6});
    fields.number("requestMicroseconds", machine.requestMicroseconds, {0, 1e6});
    fields.number("answeredMicroseconds", machine.answeredMicroseconds, {0, 1e6});
    fields.number("wakeUpMicroseconds", machine.wakeUpMicroseconds, {0, 1e6});
    fields.number("clientWakeUpMicroseconds", machine.clientWakeUpMicroseconds, {0, 1e6});
    fields.whole("stackBytes", machine.stackBytes, {4096, 1LL << 34});
    fields.whole("memoryBytes", machine.memoryBytes, {1 << 20, 1LL << 50});
    fields.whole("poolThreads", machine.poolThreads, {1, 1e5});
    fields.whole("threadLimit", machine.threadLimit, {1, 1e7});
    fields.whole("processes", machine.processes, {1, 1e5});
    fields.whole("loops", machine.loops, {1, 1024});
    fields.whole("workers", machine.workers, {1, 1024});
    fields.whole("backlog", machine.backlog, {1, 65535});
    fields.number("keepAliveSeconds", machine.keepAliveSeconds, {0, 1e6});
}

template<typename Fields>
void describe(Fields &fields, ScenarioExtra &extra)
{
    fields.number("ioMilliseconds", extra.ioMilliseconds, {0, 60000});
    fields.number("cpuMilliseconds", extra.cpuMilliseconds, {0, 60000});
}

template<typename Fields>
void describe(Fields &fields, Scenario &scenario)
{
    fields.text("title", scenario.title);
    fields.text("description", scenario.description);
    fields.text("lookFor", scenario.lookFor);
    fields.text("script", scenario.script);
    fields.texts("arguments", scenario.arguments);
    fields.texts("offload", scenario.offload);
    fields.choices("models", scenario.models, serverModelKeys());
    fields.choice("truth", scenario.truth, truthKeys());
    fields.part("load", scenario.load);
    fields.part("machine", scenario.machine);
    fields.part("extra", scenario.extra);
    fields.text("latencyProfile", scenario.latencyProfile);
    fields.text("profile", scenario.profile);
    fields.whole("seed", scenario.seed);
}

/// Which run a message is about.
template<typename Fields, typename Message>
void describeRun(Fields &fields, Message &message)
{
    fields.needed({"model", "truth"});
    fields.choice("model", message.model, serverModelKeys());
    fields.choice("truth", message.truth, truthKeys());
}

template<typename Fields>
void describe(Fields &fields, LabRunName &name)
{
    describeRun(fields, name);
}

template<typename Fields>
void describe(Fields &fields, LabFailures &failures)
{
    constexpr JsonRange counts{0, 1e15};
    fields.whole("refused", failures.refused, counts);
    fields.whole("reset", failures.reset, counts);
    fields.whole("timedOut", failures.timedOut, counts);
    fields.whole("badStatus", failures.badStatus, counts);
    fields.whole("other", failures.other, counts);
}

template<typename Fields>
void describe(Fields &fields, LabLatency &latency)
{
    fields.number("mean", latency.mean);
    fields.number("p50", latency.p50);
    fields.number("p90", latency.p90);
    fields.number("p99", latency.p99);
    fields.number("p999", latency.p999);
    fields.number("max", latency.max);
}

template<typename Fields>
void describe(Fields &fields, LabBar &bar)
{
    fields.number("from", bar.from);
    fields.number("to", bar.to);
    fields.whole("count", bar.count);
}

template<typename Fields>
void describe(Fields &fields, LabSample &sample)
{
    describeRun(fields, sample);
    fields.number("time", sample.time);
    fields.number("interval", sample.interval);
    fields.whole("arrivals", sample.arrivals);
    fields.whole("completed", sample.completed);
    fields.part("failures", sample.failures);
    fields.part("latency", sample.latency);
    fields.rows("histogram", sample.histogram);
    fields.whole("inFlight", sample.inFlight);
    fields.whole("queued", sample.queued);
    fields.counts("threads", sample.threads);
    fields.number("cpuCores", sample.cpuCores);
    fields.whole("memoryBytes", sample.memoryBytes);
    fields.whole("contextSwitches", sample.contextSwitches);
    fields.whole("bytesSent", sample.bytesSent);
}

template<typename Fields>
void describe(Fields &fields, LabSpan &span)
{
    static const QStringList states = {
        QStringLiteral("idle"), QStringLiteral("running"), QStringLiteral("ready"), QStringLiteral("blocked"), QStringLiteral("gone")};
    fields.whole("thread", span.thread);
    fields.choice("state", span.state, states);
    fields.number("from", span.from);
    fields.number("to", span.to);
    fields.whole("request", span.request);
}

template<typename Fields>
void describe(Fields &fields, LabUse &use)
{
    fields.whole("thread", use.thread);
    fields.number("cpuSeconds", use.cpuSeconds);
    fields.number("readySeconds", use.readySeconds);
}

template<typename Fields>
void describe(Fields &fields, LabLanes &lanes)
{
    describeRun(fields, lanes);
    fields.number("time", lanes.time);
    fields.rows("spans", lanes.spans);
    fields.whole("left", lanes.left);
    fields.rows("uses", lanes.uses);
}

template<typename Fields>
void describe(Fields &fields, LabStep &step)
{
    static const QStringList kinds = {
        QStringLiteral("network"), QStringLiteral("queued"), QStringLiteral("running"), QStringLiteral("ready"), QStringLiteral("waiting")};
    fields.choice("kind", step.kind, kinds);
    fields.number("from", step.from);
    fields.number("to", step.to);
    fields.whole("thread", step.thread);
    fields.text("what", step.what);
}

template<typename Fields>
void describe(Fields &fields, LabRequest &request)
{
    describeRun(fields, request);
    fields.whole("number", request.number);
    fields.text("route", request.route);
    fields.number("arrival", request.arrival);
    fields.number("latency", request.latency);
    fields.whole("status", request.status);
    fields.rows("steps", request.steps);
}

template<typename Fields>
void describe(Fields &fields, LabThread &thread)
{
    fields.whole("thread", thread.thread);
    fields.whole("process", thread.process);
    fields.number("cpuSeconds", thread.cpuSeconds);
    fields.number("readySeconds", thread.readySeconds);
    fields.whole("requests", thread.requests);
}

template<typename Fields>
void describe(Fields &fields, LabProcess &process)
{
    fields.whole("process", process.process);
    fields.number("cpuSeconds", process.cpuSeconds);
    fields.whole("mostMemoryBytes", process.mostMemoryBytes);
}

template<typename Fields>
void describe(Fields &fields, LabResult &result)
{
    describeRun(fields, result);
    fields.number("seconds", result.seconds);
    fields.number("wallSeconds", result.wallSeconds);
    fields.flag("wasStopped", result.wasStopped);
    fields.whole("arrivals", result.arrivals);
    fields.whole("completed", result.completed);
    fields.part("failures", result.failures);
    fields.number("throughput", result.throughput);
    fields.part("latency", result.latency);
    fields.part("uncorrectedLatency", result.uncorrectedLatency);
    fields.rows("histogram", result.histogram);
    fields.number("meanInFlight", result.meanInFlight);
    fields.number("littleDifference", result.littleDifference);
    fields.whole("mostInFlight", result.mostInFlight);
    fields.whole("mostQueued", result.mostQueued);
    fields.whole("mostThreads", result.mostThreads);
    fields.number("cpuCores", result.cpuCores);
    fields.number("cpuSecondsPerRequest", result.cpuSecondsPerRequest);
    fields.whole("mostMemoryBytes", result.mostMemoryBytes);
    fields.whole("contextSwitches", result.contextSwitches);
    fields.whole("bytesSent", result.bytesSent);
    fields.rows("threads", result.threads);
    fields.rows("processes", result.processes);
    fields.text("death", result.death);
    fields.whole("lostToDeath", result.lostToDeath);
    fields.texts("notes", result.notes);
}

template<typename Fields>
void describe(Fields &fields, LabProblem &problem)
{
    describeRun(fields, problem);
    fields.text("text", problem.text);
}

template<typename Fields>
void describe(Fields &fields, LabVerdict &verdict)
{
    fields.text("sentence", verdict.sentence);
    fields.text("winner", verdict.winner);
    fields.texts("evidence", verdict.evidence);
    fields.text("turn", verdict.turn);
}

} // namespace loopscope
