// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonBundle.h"

#include "lessons/loader/LessonFile.h"
#include "lessons/loader/SolutionRemoval.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStringDecoder>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int format = 1;
// Characters that JSON escapes take up to six times their room.
constexpr qint64 mostFileBytes = 3 * LessonBundle::mostBytes;
constexpr QLatin1String kind("loopscope-lessons");
constexpr QLatin1String courseFile("course.json");
constexpr QLatin1String lessonFile("lesson.json");

bool isPlainName(const QString &name)
{
    return !name.isEmpty() && name != QLatin1String(".") && name != QLatin1String("..")
        && std::none_of(name.begin(), name.end(), [](QChar letter) {
               return letter.unicode() < 0x20 || letter == QLatin1Char('/') || letter == QLatin1Char('\\') || letter == QLatin1Char(':')
                   || letter.unicode() == 0x7f;
           });
}

/// Inside of the folder, wherever that is; the names mean the same on every system.
bool isInnerPath(const QString &path)
{
    const QStringList names = path.split(QLatin1Char('/'));
    return path.size() <= LessonBundle::mostPathLength && names.size() <= LessonBundle::mostPathDepth
        && std::all_of(names.begin(), names.end(), isPlainName);
}

QString titleIn(const QByteArray &json) { return QJsonDocument::fromJson(json).object()[QLatin1String("title")].toString(); }

bool isText(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes);
    return !decoder.hasError() && !text.contains(QChar(u'\0'));
}

} // namespace

std::optional<LessonBundle> LessonBundle::ofFolder(const QString &folder, Solutions solutions, QString *problem)
{
    problem->clear();
    const QFileInfo info(QDir::cleanPath(QFileInfo(folder).absoluteFilePath()));
    if (!info.isDir()) {
        *problem = tr("there is no folder '%1'.").arg(folder);
        return std::nullopt;
    }
    LessonBundle bundle;
    bundle.m_name = info.fileName();
    bundle.m_isWithoutSolutions = solutions == Solutions::LeftOut;
    const QDir dir(info.filePath());
    QStringList lessons = {QString()};
    if (dir.exists(courseFile)) {
        // What stands beside it belongs to the course, too: under which terms it may be used.
        for (const QFileInfo &file : dir.entryInfoList(QDir::Files, QDir::Name)) {
            if (!bundle.takeEntry(file, file.fileName(), problem))
                return std::nullopt;
        }
        lessons.clear();
        const QJsonArray named = QJsonDocument::fromJson(bundle.m_files[courseFile]).object()[QLatin1String("lessons")].toArray();
        for (const QJsonValue &lesson : named)
            lessons.append(lesson.toString());
    }
    if (lessons.isEmpty() || (lessons.first().isEmpty() && !dir.exists(lessonFile))) {
        *problem = tr("'%1' is neither a course nor a lesson: it has no course.json that names lessons, and no lesson.json.").arg(folder);
        return std::nullopt;
    }
    for (const QString &lesson : std::as_const(lessons)) {
        if (!lesson.isEmpty() && (!isPlainName(lesson) || !QFileInfo(dir.filePath(lesson)).isDir())) {
            *problem = tr("the file '%1' names the lesson '%2', which is no folder beside it.").arg(dir.filePath(courseFile), lesson);
            return std::nullopt;
        }
        const QString prefix = lesson.isEmpty() ? QString() : lesson + QLatin1Char('/');
        if (!bundle.takeFolder(dir.filePath(lesson), prefix, problem)
            || (bundle.m_isWithoutSolutions && !bundle.leaveOutSolutions(prefix, problem)))
            return std::nullopt;
    }
    bundle.m_title = titleIn(bundle.m_files.value(bundle.m_files.contains(courseFile) ? courseFile : lessonFile));
    return bundle;
}

bool LessonBundle::takeFolder(const QString &folder, const QString &prefix, QString *problem)
{
    const QFileInfoList entries = QDir(folder).entryInfoList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
    return std::ranges::all_of(entries, [&](const QFileInfo &entry) { return takeEntry(entry, prefix + entry.fileName(), problem); });
}

bool LessonBundle::takeEntry(const QFileInfo &entry, const QString &name, QString *problem)
{
    if (entry.isSymbolicLink())
        *problem = tr("'%1' is a link: put the file itself there, a bundle is opened elsewhere.").arg(entry.filePath());
    else if (!isInnerPath(name))
        *problem = tr("'%1' lies too deep, or has a name that not every system can write.").arg(entry.filePath());
    else
        return entry.isDir() ? takeFolder(entry.filePath(), name + QLatin1Char('/'), problem) : takeFile(entry.filePath(), name, problem);
    return false;
}

bool LessonBundle::takeFile(const QString &path, const QString &name, QString *problem)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        *problem =
            tr("the file '%1' cannot be read: %2.").arg(path, QFileInfo(path).isFile() ? file.errorString() : tr("it is no ordinary file"));
        return false;
    }
    const QByteArray content = file.read(mostBytesOfFile + 1);
    if (!isText(content)) {
        *problem = tr("the file '%1' is no text in UTF-8; lessons consist of texts.").arg(path);
        return false;
    }
    if (!takeMember(name, QString::fromUtf8(content), problem)) {
        *problem = tr("the file '%1' cannot be part of a bundle: %2").arg(path, *problem);
        return false;
    }
    return true;
}

bool LessonBundle::takeMember(const QString &name, const QString &text, QString *problem)
{
    const QByteArray content = text.toUtf8();
    m_bytes += content.size();
    if (!isInnerPath(name))
        *problem = tr("'%1' is no name of a file inside of a folder.").arg(name.left(mostPathLength));
    else if (content.size() > mostBytesOfFile)
        *problem = tr("'%1' is larger than %2 MB.").arg(name).arg(mostBytesOfFile >> 20);
    else if (m_bytes > mostBytes)
        *problem = tr("its files have more than %1 MB together.").arg(mostBytes >> 20);
    else if (m_files.size() >= mostFiles)
        *problem = tr("it has more than %1 files.").arg(mostFiles);
    else
        m_files.insert(name, content);
    return problem->isEmpty();
}

bool LessonBundle::leaveOutSolutions(const QString &prefix, QString *problem)
{
    const SolutionRemoval removal(m_files.value(prefix + lessonFile));
    if (!removal.problem().isEmpty()) {
        *problem = tr("the file '%1' cannot be read: %2.").arg(prefix + lessonFile, removal.problem());
        return false;
    }
    m_files.insert(prefix + lessonFile, removal.lesson());
    for (const QString &script : removal.scripts())
        m_files.remove(QDir::cleanPath(prefix + script));
    for (auto file = m_files.begin(); file != m_files.end(); ++file) {
        const QString name = file.key().mid(prefix.size());
        if (file.key().startsWith(prefix) && name != lessonFile && name.startsWith(QLatin1String("lesson."))
            && name.endsWith(QLatin1String(".json")))
            *file = removal.translation(*file);
    }
    return true;
}

std::optional<LessonBundle> LessonBundle::read(const QString &file, QString *problem)
{
    const std::optional<QJsonObject> members = LessonFile(kind, format, mostFileBytes).read(file, problem);
    if (!members)
        return std::nullopt;
    LessonBundle bundle;
    bundle.m_name = (*members)[QLatin1String("name")].toString();
    bundle.m_title = (*members)[QLatin1String("title")].toString().left(500);
    bundle.m_isWithoutSolutions = (*members)[QLatin1String("withoutSolutions")].toBool();
    QString complaint;
    if (!isPlainName(bundle.m_name) || !isInnerPath(bundle.m_name))
        complaint = tr("'name' is no name of a folder.");
    const QJsonObject files = (*members)[QLatin1String("files")].toObject();
    if (files.isEmpty() && complaint.isEmpty())
        complaint = tr("'files' names none.");
    for (auto member = files.begin(); member != files.end() && complaint.isEmpty(); ++member) {
        if (!member.value().isString())
            complaint = tr("'%1' has to be the text of a file.").arg(member.key().left(mostPathLength));
        else
            bundle.takeMember(member.key(), member.value().toString(), &complaint);
    }
    if (complaint.isEmpty())
        return bundle;
    *problem = tr("the bundle '%1' is damaged: %2").arg(file, complaint);
    return std::nullopt;
}

QString LessonBundle::write(const QString &file) const
{
    QJsonObject files;
    for (auto member = m_files.begin(); member != m_files.end(); ++member)
        files.insert(member.key(), QString::fromUtf8(member.value()));
    return LessonFile(kind, format, mostFileBytes)
        .write(file,
            {{QStringLiteral("name"), m_name}, {QStringLiteral("title"), m_title},
                {QStringLiteral("withoutSolutions"), m_isWithoutSolutions}, {QStringLiteral("files"), files}});
}

QString LessonBundle::unpack(const QString &folder, QString *problem) const
{
    const QDir target(QDir(folder).filePath(m_name));
    if (target.exists() && !target.isEmpty(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot)) {
        *problem = tr("the folder '%1' is there already and not empty: name another one, nothing is written over.").arg(target.path());
        return {};
    }
    for (auto member = m_files.begin(); member != m_files.end(); ++member) {
        const QString path = target.filePath(member.key());
        QFile file(path);
        // NewOnly: names that are one to this system ("A", "a") are not written over each other.
        if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly | QIODevice::NewOnly)
            || file.write(member.value()) != member.value().size() || !file.flush()) {
            *problem = tr("the file '%1' cannot be written: %2.").arg(path, file.errorString());
            return {};
        }
    }
    return target.path();
}

} // namespace loopscope
