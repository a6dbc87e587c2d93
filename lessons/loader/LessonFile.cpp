// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonFile.h"

#include "servers/lab/WholeFile.h"

#include <QFile>
#include <QJsonDocument>

namespace loopscope {

namespace {

const QLatin1String kindKey("kind");
const QLatin1String formatKey("format");

} // namespace

LessonFile::LessonFile(const QString &kind, int format, qint64 mostBytes)
    : m_kind(kind)
    , m_format(format)
    , m_mostBytes(mostBytes)
{
}

std::optional<QJsonObject> LessonFile::read(const QString &path, QString *problem, Problem *what) const
{
    Problem ignored = Problem::None;
    what = what ? what : &ignored;
    *what = Problem::Unreadable;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        *problem = tr("the file '%1' cannot be read: %2.").arg(path, file.errorString());
        return std::nullopt;
    }
    // One byte more than may be there: a pipe or a device does not tell its size.
    const QByteArray content = file.read(m_mostBytes + 1);
    if (content.isEmpty() && file.error() != QFile::NoError) {
        *problem = tr("the file '%1' cannot be read: %2.").arg(path, file.errorString());
        return std::nullopt;
    }
    if (content.size() > m_mostBytes) {
        *what = Problem::Damaged;
        *problem = tr("the file '%1' is larger than the %2 MB that such a file may have.").arg(path).arg(m_mostBytes >> 20);
        return std::nullopt;
    }
    return parse(content, path, problem, what);
}

std::optional<QJsonObject> LessonFile::parse(const QByteArray &content, const QString &path, QString *problem, Problem *what) const
{
    *what = Problem::Damaged;
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(content, &error);
    if (error.error != QJsonParseError::NoError) {
        const auto line = content.left(error.offset).count('\n') + 1;
        *problem = tr("the file '%1' is damaged: line %2: %3.").arg(path).arg(line).arg(error.errorString());
        return std::nullopt;
    }
    QJsonObject members = document.object();
    const QString kind = members.take(kindKey).toString();
    if (kind != m_kind) {
        *problem = kind.isEmpty() || kind.size() > 40 ? tr("the file '%1' is not of the kind '%2'.").arg(path, m_kind)
                                                      : tr("the file '%1' is not of the kind '%2', but of '%3'.").arg(path, m_kind, kind);
        return std::nullopt;
    }
    const int format = members.take(formatKey).toInt();
    if (format > m_format) {
        *what = Problem::Newer;
        *problem = tr("the file '%1' was written by a newer Loopscope (format %2; this one reads %3): update this one.")
                       .arg(path)
                       .arg(format)
                       .arg(m_format);
        return std::nullopt;
    }
    if (format < 1) {
        *problem = tr("the file '%1' is damaged: it does not say its format.").arg(path);
        return std::nullopt;
    }
    *what = Problem::None;
    return members;
}

QString LessonFile::write(const QString &path, QJsonObject members) const
{
    members.insert(kindKey, m_kind);
    members.insert(formatKey, m_format);
    const QString error = writeWholeFile(path, QJsonDocument(members).toJson());
    return error.isNull() ? QString() : tr("the file '%1' cannot be written: %2.").arg(path, error);
}

} // namespace loopscope
