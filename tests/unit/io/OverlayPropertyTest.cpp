// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/OverlayFileSystem.h"
#include "io/PosixFileSystem.h"
#include "io/SeededGenerator.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <functional>
#include <sys/stat.h>
#include <unistd.h>

using namespace loopscope;

namespace {

/// Makes the same calls on the overlay over one folder and on the real file system in its twin.
class Twins
{
public:
    Twins(quint64 seed, const QByteArray &overlaid, const QByteArray &real)
        : m_random(seed)
        , m_overlay(m_all, [] { return 1e12; })
        , m_overlaidRoot(overlaid)
        , m_realRoot(real)
    {
    }

    /// Empty, or what differed.
    QString makeCall();
    QString compareTrees() { return compareFolder(QByteArray()); }

private:
    using Call = std::function<QByteArray(FileSystem &, const QByteArray &root)>;

    quint64 pick(quint64 count) { return m_random.next() % count; }
    QByteArray name();
    QByteArray path();
    Call callNumber(quint64 number);
    Call handleCall(quint64 number);
    QString compareFolder(const QByteArray &path);
    static QByteArray told(const FileStatus &status);
    QByteArray openIn(FileSystem &files, const QByteArray &path, int flags, quint32 mode);

    SeededGenerator m_random;
    Permissions m_all;
    OverlayFileSystem m_overlay;
    PosixFileSystem m_posix;
    QByteArray m_overlaidRoot;
    QByteArray m_realRoot;
    std::vector<int> m_overlayHandles;
    std::vector<int> m_realHandles;
    QString m_what;
};

QByteArray Twins::name()
{
    static const std::array<QByteArray, 7> names = {"a", "b", "c", "d", "file", "link", "full"};
    return names[pick(names.size())];
}

QByteArray Twins::path()
{
    QByteArray path;
    const quint64 depth = 1 + pick(3);
    for (quint64 i = 0; i < depth; ++i)
        path += '/' + name();
    switch (pick(24)) {
    case 0:
        return path + '/';
    case 1:
        return path + "/.";
    case 2:
        return path + "/..";
    case 3:
        return path + "/../" + name();
    case 4:
        return '/' + QByteArray(256, 'n');
    default:
        return path;
    }
}

QByteArray Twins::told(const FileStatus &status)
{
    QByteArray text =
        QByteArray::number(status.mode, 8) + " by " + QByteArray::number(status.user) + ' ' + QByteArray::number(status.group);
    if (!S_ISDIR(status.mode)) // the size of a folder is the file system's own business, and so is how it counts folders
        text += ", " + QByteArray::number(status.size) + " bytes, " + QByteArray::number(status.links) + " names";
    return text;
}

QByteArray Twins::openIn(FileSystem &files, const QByteArray &path, int flags, quint32 mode)
{
    const int handle = files.open(path, flags, mode);
    if (handle < 0)
        return QByteArray::number(handle);
    (&files == &m_overlay ? m_overlayHandles : m_realHandles).push_back(handle);
    return "opened";
}

Twins::Call Twins::handleCall(quint64 number)
{
    const std::size_t index = pick(m_realHandles.size());
    const auto handleIn = [this, index](FileSystem &files) { return (&files == &m_overlay ? m_overlayHandles : m_realHandles)[index]; };
    const QByteArray data(static_cast<qsizetype>(pick(30)), static_cast<char>('a' + pick(26)));
    const auto position = static_cast<qint64>(pick(4) == 0 ? pick(100'000) : pick(2) == 0 ? pick(20) : ~0ULL);
    m_what += QStringLiteral(" on %1 at %2 (%3)").arg(index).arg(position).arg(data.size());
    switch (number % 6) {
    case 0:
        return [=](FileSystem &files, const QByteArray &) {
            return QByteArray::number(files.write(handleIn(files), data.constData(), data.size(), position));
        };
    case 1:
        return [=](FileSystem &files, const QByteArray &) {
            QByteArray buffer(64, '?');
            const qint64 count = files.read(handleIn(files), buffer.data(), buffer.size(), position);
            return QByteArray::number(count) + ' ' + buffer.left(count);
        };
    case 2:
        return [=](FileSystem &files, const QByteArray &) { return QByteArray::number(files.setSize(handleIn(files), position)); };
    case 3:
        return [=](FileSystem &files, const QByteArray &) {
            FileStatus status;
            const int error = files.statusOf(handleIn(files), &status);
            return QByteArray::number(error) + ' ' + told(status);
        };
    case 4:
        return [=](FileSystem &files, const QByteArray &) { return QByteArray::number(files.setModeOf(handleIn(files), 0600)); };
    default:
        return [=, this](FileSystem &files, const QByteArray &) {
            auto &handles = &files == &m_overlay ? m_overlayHandles : m_realHandles;
            const int handle = handles[index];
            handles.erase(handles.begin() + static_cast<std::ptrdiff_t>(index));
            return QByteArray::number(files.close(handle));
        };
    }
}

Twins::Call Twins::callNumber(quint64 number)
{
    const QByteArray one = path();
    const QByteArray two = path();
    const auto mode = static_cast<quint32>(pick(3) == 0 ? pick(01000) : 0755);
    const auto result = [](int error) { return QByteArray::number(error); };
    const auto say = [this](const char *what, const QByteArray &first, const QByteArray &second = {}) {
        m_what = QString::fromUtf8(QByteArray(what) + ' ' + first.right(30) + ' ' + second.right(30));
    };
    switch (number) {
    case 0:
        say("mkdir", one);
        return [=](FileSystem &files, const QByteArray &root) { return result(files.makeDirectory(root + one, mode)); };
    case 1:
        say("rmdir", one);
        return [=](FileSystem &files, const QByteArray &root) { return result(files.removeDirectory(root + one)); };
    case 2:
        say("unlink", one);
        return [=](FileSystem &files, const QByteArray &root) { return result(files.removeFile(root + one)); };
    case 3:
        say("rename", one, two);
        return [=](FileSystem &files, const QByteArray &root) { return result(files.rename(root + one, root + two)); };
    case 4:
        say("link", one, two);
        return [=](FileSystem &files, const QByteArray &root) { return result(files.makeLink(root + one, root + two)); };
    case 5: {
        const QByteArray target = pick(3) == 0 ? "../" + name() : pick(4) == 0 ? QByteArray("link") : name();
        say("symlink", target, two);
        return [=](FileSystem &files, const QByteArray &root) { return result(files.makeSymbolicLink(target, root + two)); };
    }
    case 6:
        say("chmod", one);
        return [=](FileSystem &files, const QByteArray &root) { return result(files.setMode(root + one, mode | 0400U)); };
    case 7:
        say("utimes", one);
        return [=](FileSystem &files, const QByteArray &root) { return result(files.setTimes(root + one, true, 1.5, 2.25)); };
    case 8: {
        const int access = static_cast<int>(pick(8));
        say("access", one);
        return [=](FileSystem &files, const QByteArray &root) { return result(files.checkAccess(root + one, access)); };
    }
    case 9:
        say("readlink", one);
        return [=](FileSystem &files, const QByteArray &root) {
            QByteArray target;
            return result(files.readLink(root + one, &target)) + ' ' + target;
        };
    case 10: {
        // realpath(3) takes "." and ".." out of the text, and does not ask whether the folder before them may be searched.
        const QByteArray plain = one.contains("/.") ? '/' + name() : one;
        say("realpath", plain);
        return [=](FileSystem &files, const QByteArray &root) {
            QByteArray resolved;
            return result(files.resolve(root + plain, &resolved)) + ' ' + resolved.mid(root.size());
        };
    }
    case 11:
        say("stat", one);
        return [=](FileSystem &files, const QByteArray &root) {
            FileStatus status;
            return result(files.status(root + one, number % 2 == 0, &status)) + ' ' + told(status);
        };
    default: {
        static constexpr std::array flags = {O_RDONLY, O_WRONLY, O_RDWR, O_RDWR | O_CREAT, O_WRONLY | O_CREAT | O_TRUNC,
            O_RDWR | O_CREAT | O_EXCL, O_WRONLY | O_CREAT | O_APPEND, O_RDONLY | O_NOFOLLOW, O_RDONLY | O_DIRECTORY, O_RDONLY | O_TRUNC,
            O_RDWR | O_APPEND};
        const int chosen = flags[pick(flags.size())];
        say("open", one, QByteArray::number(chosen, 8));
        return [=, this](FileSystem &files, const QByteArray &root) { return openIn(files, root + one, chosen, mode); };
    }
    }
}

QString Twins::makeCall()
{
    const quint64 number = pick(26);
    Call call;
    if (number < 16 || m_realHandles.empty()) {
        call = callNumber(number);
    } else {
        m_what = QStringLiteral("handle call %1").arg(number % 6);
        call = handleCall(number);
    }
    const QByteArray expected = call(m_posix, m_realRoot);
    const QByteArray found = call(m_overlay, m_overlaidRoot);
    if (found == expected)
        return {};
    return QStringLiteral("%1: '%2', not '%3'").arg(m_what, QString::fromUtf8(found), QString::fromUtf8(expected));
}

QString Twins::compareFolder(const QByteArray &path)
{
    std::vector<DirectoryEntry> expected;
    std::vector<DirectoryEntry> found;
    const int expectedError = m_posix.list(m_realRoot + path, &expected);
    if (const int error = m_overlay.list(m_overlaidRoot + path, &found); error != expectedError)
        return QStringLiteral("list %1: %2, not %3").arg(QString::fromUtf8(path)).arg(error).arg(expectedError);
    const auto sortedNames = [](const std::vector<DirectoryEntry> &entries) {
        QByteArrayList names;
        for (const DirectoryEntry &entry : entries)
            names << entry.name + ':' + QByteArray::number(entry.type);
        std::sort(names.begin(), names.end());
        return names.join(' ');
    };
    if (sortedNames(expected) != sortedNames(found))
        return QStringLiteral("in %1: %2, not %3")
            .arg(QString::fromUtf8(path), QString::fromUtf8(sortedNames(found)), QString::fromUtf8(sortedNames(expected)));
    for (const DirectoryEntry &entry : expected) {
        const QByteArray inner = path + '/' + entry.name;
        FileStatus expectedStatus;
        FileStatus foundStatus;
        const int statusError = m_posix.status(m_realRoot + inner, false, &expectedStatus);
        if (m_overlay.status(m_overlaidRoot + inner, false, &foundStatus) != statusError || told(foundStatus) != told(expectedStatus))
            return QString::fromUtf8(inner + ": " + told(foundStatus) + ", not " + told(expectedStatus));
        if (entry.type == 2) {
            if (const QString difference = compareFolder(inner); !difference.isEmpty())
                return difference;
        }
    }
    return {};
}

void populate(const QString &folder)
{
    QDir root(folder);
    QVERIFY(root.mkpath(QStringLiteral("full/a/b")) && root.mkpath(QStringLiteral("d")));
    for (const char *name : {"file", "full/file", "full/a/c"}) {
        QFile file(root.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(name) > 0);
    }
    const QByteArray path = QFile::encodeName(folder);
    QVERIFY(::link((path + "/file").constData(), (path + "/full/d").constData()) == 0); // two names of one file
    QVERIFY(::symlink("full/a", (path + "/link").constData()) == 0);
    QVERIFY(::symlink("missing", (path + "/full/link").constData()) == 0);
}

/// All names, modes and contents below.
QByteArray picture(const QString &folder)
{
    QByteArray text;
    QDir root(folder);
    for (const QFileInfo &info : root.entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System, QDir::Name)) {
        text += info.fileName().toUtf8() + ' ' + QByteArray::number(static_cast<int>(info.permissions())) + ' ';
        if (info.isSymLink())
            text += info.symLinkTarget().toUtf8();
        else if (info.isDir())
            text += '{' + picture(info.filePath()) + '}';
        else if (QFile file(info.filePath()); file.open(QIODevice::ReadOnly))
            text += file.readAll();
        text += '\n';
    }
    return text;
}

} // namespace

/// Whatever calls are made in whatever order: the overlay answers as Linux does on a real folder, and leaves its own as it was.
class OverlayPropertyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAsTheRealOne_data();
    void answersAsTheRealOne();
};

void OverlayPropertyTest::answersAsTheRealOne_data()
{
    QTest::addColumn<uint>("user");
    QTest::addRow("as oneself") << static_cast<uint>(::geteuid());
    if (::geteuid() == 0) // for whom access modes mean little
        QTest::addRow("as somebody else") << 65534U;
}

void OverlayPropertyTest::answersAsTheRealOne()
{
    QFETCH(uint, user);
    constexpr quint64 sequences = 60;
    constexpr int calls = 120;
    for (quint64 seed = 1; seed <= sequences; ++seed) {
        QTemporaryDir scratch;
        QVERIFY(scratch.isValid() && ::chmod(QFile::encodeName(scratch.path()).constData(), 0755) == 0);
        // A link to "../x" leaves the folder, so each has a parent of its own.
        const QString overlaid = scratch.filePath(QStringLiteral("1/one"));
        const QString real = scratch.filePath(QStringLiteral("2/two"));
        QVERIFY(::chown(QFile::encodeName(scratch.path()).constData(), user, static_cast<gid_t>(-1)) == 0);
        const uint before = ::geteuid();
        QVERIFY(::setresuid(user, user, before) == 0);
        QVERIFY(QDir().mkpath(overlaid) && QDir().mkpath(real));
        populate(overlaid);
        populate(real);
        const QByteArray untouched = picture(overlaid);
        QString difference;
        {
            Twins twins(seed, QFile::encodeName(overlaid), QFile::encodeName(real));
            for (int call = 0; call < calls && difference.isEmpty(); ++call)
                difference = twins.makeCall();
            if (difference.isEmpty())
                difference = twins.compareTrees();
        }
        const QByteArray afterwards = picture(overlaid);
        QVERIFY(::setresuid(before, before, before) == 0);
        QVERIFY2(difference.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(difference)));
        QCOMPARE(afterwards, untouched);
    }
}

QTEST_GUILESS_MAIN(OverlayPropertyTest)
#include "OverlayPropertyTest.moc"
