// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/GuardedFileSystem.h"
#include "io/OverlayFileSystem.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <thread>
#include <unistd.h>

using namespace loopscope;

/// Tricks to get at what a run may not reach, each refused: with the real files, and with those in memory over them.
///
///     root/secret/key  root/project/main.js  root/out (may be written)
///     root/project: near -> ../secret, far -> /etc, hidden -> ../secret/key, dangling -> ../secret/new, up -> .., loop -> loop
class GuardedFileSystemTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void reads_data();
    void reads();
    void readsThroughOwnDescriptors();
    void namesNothingElsewhere_data();
    void namesNothingElsewhere();
    void ordinaryUse();
    void linksThatChangeMeanwhile();

private:
    QByteArray at(const QByteArray &path) const { return m_root + '/' + path; }
    int opened(FileSystem &files, const QByteArray &path, int flags)
    {
        const int handle = files.open(path, flags, 0644);
        if (handle >= 0)
            files.close(handle);
        return handle;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_root;
    std::unique_ptr<Permissions> m_permissions;
};

void GuardedFileSystemTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>(QDir(QDir::tempPath()).canonicalPath() + QStringLiteral("/guard-XXXXXX"));
    m_root = QFile::encodeName(m_folder->path());
    QDir root(m_folder->path());
    QVERIFY(root.mkpath(QStringLiteral("secret")) && root.mkpath(QStringLiteral("project/sub")) && root.mkpath(QStringLiteral("out")));
    for (const char *name : {"secret/key", "project/main.js", "project-other", "out/old"}) {
        QFile file(QFile::decodeName(at(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("secret") == 6);
    }
    const std::pair<const char *, const char *> links[] = {{"../secret", "near"}, {"/etc", "far"}, {"../secret/key", "hidden"},
        {"../secret/new", "dangling"}, {"..", "up"}, {"loop", "loop"}, {"/proc/self/cwd", "cwd"}, {"main.js", "own"}};
    for (const auto &[target, name] : links)
        QVERIFY(::symlink(target, at(QByteArray("project/") + name).constData()) == 0);
    QVERIFY(::symlink("../secret", at("out/near").constData()) == 0);
    QVERIFY(::symlink("../secret/new", at("out/dangling").constData()) == 0);
    PermissionGrants grants;
    grants.write.names << QFile::decodeName(at("out"));
    m_permissions = std::make_unique<Permissions>(grants, QFile::decodeName(at("project/main.js")));
}

void GuardedFileSystemTest::reads_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"secret/key", "project/../secret/key", "project/sub/../../secret/key", "project/near/key", "project/hidden",
             "project/up/secret/key", "project/./up/./secret//key", "project/up/project/up/secret/key", "project-other", "secret/",
             "secret/none", "project/near/none", "project/far/passwd", "project/cwd/x", "out/near/key", "out/old"})
        QTest::addRow("%s", path) << QByteArray(path);
}

void GuardedFileSystemTest::reads()
{
    QFETCH(QByteArray, path);
    GuardedFileSystem real(*m_permissions);
    OverlayFileSystem overlay(*m_permissions, [] { return 0.0; });
    for (FileSystem *files : {static_cast<FileSystem *>(&real), static_cast<FileSystem *>(&overlay)}) {
        QCOMPARE(opened(*files, at(path), O_RDONLY), refusedAccess);
        const IoError error = Permissions::takeRefusal();
        QCOMPARE(error.code, QStringLiteral("ERR_ACCESS_DENIED"));
        QVERIFY2(error.message().contains(QLatin1String("--allow-read=")), qPrintable(error.message()));
        std::vector<DirectoryEntry> entries;
        QCOMPARE(files->list(at(path), &entries), refusedAccess);
        QVERIFY(opened(*files, at(path), O_RDWR) == refusedAccess && opened(*files, at(path), O_RDONLY | O_NOFOLLOW) < 0);
    }
}

void GuardedFileSystemTest::readsThroughOwnDescriptors()
{
    const int descriptor = ::open(at("secret/key").constData(), O_RDONLY);
    GuardedFileSystem real(*m_permissions);
    OverlayFileSystem overlay(*m_permissions, [] { return 0.0; });
    for (FileSystem *files : {static_cast<FileSystem *>(&real), static_cast<FileSystem *>(&overlay)}) {
        for (const QByteArray &folder : {QByteArray("/proc/self/fd/"), QByteArray("/dev/fd/"), QByteArray("/proc/thread-self/fd/"),
                 "/proc/" + QByteArray::number(::getpid()) + "/fd/"})
            QCOMPARE(opened(*files, folder + QByteArray::number(descriptor), O_RDONLY), refusedAccess);
        for (const char *path :
            {"/proc/self/environ", "/proc/self/root/etc/passwd", "/proc/self/mem", "/etc/passwd", "//etc//passwd", "/etc/none"})
            QVERIFY2(opened(*files, path, O_RDONLY) == refusedAccess, path);
    }
    ::close(descriptor);
}

void GuardedFileSystemTest::namesNothingElsewhere_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"secret/new", "project/new", "project/near/new", "out/near/new", "out/../secret/new", "out/dangling", "new"})
        QTest::addRow("%s", path) << QByteArray(path);
}

void GuardedFileSystemTest::namesNothingElsewhere()
{
    QFETCH(QByteArray, path);
    GuardedFileSystem files(*m_permissions);
    const QByteArray target = at(path);
    QCOMPARE(opened(files, target, O_WRONLY | O_CREAT), refusedAccess);
    const bool isLink = path.endsWith("dangling"); // a name in the folder itself
    if (!isLink) {
        QCOMPARE(files.makeDirectory(target, 0755), refusedAccess);
        QCOMPARE(files.makeSymbolicLink("x", target), refusedAccess);
        QCOMPARE(files.rename(at("out/old"), target), refusedAccess);
        QCOMPARE(files.makeLink(at("out/old"), target), refusedAccess);
    }
    QCOMPARE(files.rename(at("secret/key"), at("out/key")), refusedAccess);
    QCOMPARE(files.makeLink(at("secret/key"), at("out/key")), refusedAccess);
    QCOMPARE(files.makeLink(at("project/main.js"), at("out/main.js")), refusedAccess); // may be read, not written
    QCOMPARE(files.removeFile(at("secret/key")), refusedAccess);
    QCOMPARE(files.setMode(at("project/main.js"), 0777), refusedAccess);
    QCOMPARE(files.setTimes(at("project/hidden"), true, 0, 0), refusedAccess);
    QCOMPARE(opened(files, at("project/main.js"), O_RDONLY | O_TRUNC), refusedAccess);
    const int handle = files.open(at("project/main.js"), O_RDONLY, 0);
    QVERIFY(handle >= 0);
    QCOMPARE(files.setModeOf(handle, 0777), refusedAccess);
    QCOMPARE(files.setTimesOf(handle, 0, 0), refusedAccess);
    files.close(handle);
    QVERIFY(!QFile::exists(QFile::decodeName(at("secret/new"))));
}

void GuardedFileSystemTest::ordinaryUse()
{
    GuardedFileSystem files(*m_permissions);
    QVERIFY(opened(files, at("project/main.js"), O_RDONLY) >= 0 && opened(files, at("project/own"), O_RDONLY) >= 0);
    QCOMPARE(opened(files, at("project/none"), O_RDONLY), -ENOENT);
    QCOMPARE(opened(files, at("project/loop"), O_RDONLY), -ELOOP);
    QCOMPARE(opened(files, at("project/main.js/x"), O_RDONLY), -ENOTDIR);
    QVERIFY(opened(files, at("out/new"), O_WRONLY | O_CREAT | O_EXCL) >= 0);
    QCOMPARE(opened(files, at("out/new"), O_WRONLY | O_CREAT | O_EXCL), -EEXIST);
    QCOMPARE(files.makeDirectory(at("out/folder"), 0755), 0);
    QCOMPARE(files.rename(at("out/new"), at("out/folder/moved")), 0);
    QCOMPARE(files.removeFile(at("out/folder/moved")), 0);
    QCOMPARE(files.removeDirectory(at("out/folder")), 0);
    QByteArray resolved;
    QCOMPARE(files.resolve(at("project/own"), &resolved), 0);
    QCOMPARE(resolved, at("project/main.js"));
    QByteArray target;
    QCOMPARE(files.readLink(at("project/own"), &target), 0);
    QCOMPARE(target, QByteArray("main.js"));
    QCOMPARE(files.readLink(at("project/main.js"), &target), -EINVAL);
    FileStatus status;
    QCOMPARE(files.status(at("project/hidden"), false, &status), 0); // the link itself is the run's own
    QCOMPARE(files.status(at("project/hidden"), true, &status), refusedAccess);
    QVERIFY(opened(files, "/dev/null", O_RDWR) >= 0);
}

void GuardedFileSystemTest::linksThatChangeMeanwhile()
{
    GuardedFileSystem files(*m_permissions);
    std::atomic<bool> goesOn = true;
    const QByteArray swapped = at("project/swapped");
    const QByteArray other = at("project/other");
    std::thread swapper([&] {
        bool isSecret = false;
        while (goesOn) {
            isSecret = !isSecret;
            ::unlink(other.constData());
            (void)!::symlink(isSecret ? "../secret/key" : "main.js", other.constData());
            ::rename(other.constData(), swapped.constData());
        }
    });
    int reached = 0;
    int refused = 0;
    bool leaked = false;
    for (int i = 0; i < 3000; ++i) {
        const int handle = files.open(swapped, O_RDONLY, 0);
        refused += handle == refusedAccess ? 1 : 0;
        if (handle < 0)
            continue;
        ++reached;
        QByteArray real(1000, '\0');
        real.truncate(::readlink(("/proc/self/fd/" + QByteArray::number(handle)).constData(), real.data(), 1000));
        leaked = leaked || real != at("project/main.js");
        files.close(handle);
    }
    goesOn = false;
    swapper.join();
    QVERIFY(!leaked);
    QVERIFY(reached > 0 && refused > 0); // both happened, so the race was run
}

QTEST_GUILESS_MAIN(GuardedFileSystemTest)
#include "GuardedFileSystemTest.moc"
