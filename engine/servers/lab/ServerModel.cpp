// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/lab/ServerModel.h"

#include <QCoreApplication>

namespace loopscope {

namespace {

constexpr std::array<const char *, 7> modelKeys = {
    "event-loop", "workers", "cluster", "thread-per-request", "thread-pool", "processes", "node"};
constexpr std::array<const char *, 3> truthKeys = {"real", "simulated", "modelled"};

template<typename Kind, std::size_t Count>
std::optional<Kind> kindOf(const std::array<const char *, Count> &keys, const QString &key)
{
    for (std::size_t index = 0; index < Count; ++index) {
        if (key == QLatin1String(keys[index]))
            return static_cast<Kind>(index);
    }
    return std::nullopt;
}

QString translated(const char *text) { return QCoreApplication::translate("loopscope::ServerModel", text); }

} // namespace

QString keyOf(ServerModel model) { return QLatin1String(modelKeys[static_cast<std::size_t>(model)]); }

std::optional<ServerModel> serverModelOf(const QString &key) { return kindOf<ServerModel>(modelKeys, key); }

QString nameOf(ServerModel model)
{
    switch (model) {
    case ServerModel::EventLoop:
        return translated(QT_TRANSLATE_NOOP("loopscope::ServerModel", "event loop"));
    case ServerModel::Workers:
        return translated(QT_TRANSLATE_NOOP("loopscope::ServerModel", "event loop + workers"));
    case ServerModel::Cluster:
        return translated(QT_TRANSLATE_NOOP("loopscope::ServerModel", "cluster"));
    case ServerModel::ThreadPerRequest:
        return translated(QT_TRANSLATE_NOOP("loopscope::ServerModel", "thread per request"));
    case ServerModel::ThreadPool:
        return translated(QT_TRANSLATE_NOOP("loopscope::ServerModel", "thread pool"));
    case ServerModel::Processes:
        return translated(QT_TRANSLATE_NOOP("loopscope::ServerModel", "processes"));
    case ServerModel::Node:
        return QStringLiteral("Node");
    }
    return {};
}

QString keyOf(Truth truth) { return QLatin1String(truthKeys[static_cast<std::size_t>(truth)]); }

std::optional<Truth> truthOf(const QString &key) { return kindOf<Truth>(truthKeys, key); }

QString nameOf(Truth truth)
{
    switch (truth) {
    case Truth::Real:
        return translated(QT_TRANSLATE_NOOP("loopscope::ServerModel", "real"));
    case Truth::Simulated:
        return translated(QT_TRANSLATE_NOOP("loopscope::ServerModel", "simulated"));
    case Truth::Modelled:
        return translated(QT_TRANSLATE_NOOP("loopscope::ServerModel", "modelled"));
    }
    return {};
}

} // namespace loopscope
