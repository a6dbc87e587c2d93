// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/NodePreload.h"

#include "servers/live/LaneBoard.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>

namespace loopscope {

NodePreload::NodePreload()
    : m_file(QDir::tempPath() + QStringLiteral("/loopscope-node-XXXXXX.js"))
{
}

bool NodePreload::write()
{
    QFile text(QStringLiteral(":/live/node-preload.js"));
    return text.open(QIODevice::ReadOnly) && m_file.open() && m_file.write(text.readAll()) > 0 && m_file.flush();
}

QByteArray NodePreload::setup(const LaneBoard &board, int backlog)
{
    const LaneBoard::Lane &lane = board.lane(0);
    QJsonObject places{{QStringLiteral("board"), board.descriptor()}, {QStringLiteral("backlog"), backlog}};
    const auto put = [&](const char *name, const void *member) {
        places.insert(QLatin1String(name), static_cast<qint64>(board.offsetOf(member)));
    };
    put("io", board.placeOfIo());
    put("cpu", board.placeOfCpu());
    put("port", &lane.port);
    put("begun", &lane.begun);
    put("ended", &lane.ended);
    put("process", &lane.process);
    put("thread", &lane.thread);
    return "LOOPSCOPE_SERVE=" + QJsonDocument(places).toJson(QJsonDocument::Compact);
}

} // namespace loopscope
