// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/OverlayFileSystem.h"
#include "io/WrittenFiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

using namespace loopscope;

/// What the overlay does that no real file system can be asked about; OverlayPropertyTest compares the rest.
class OverlayFileSystemTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void listsWhatWasDone();
    void changesHaveMoments();
    void copiesWhatWasWritten();
    void copiesOnlyIntoEmptyFolders();
    void fullDisk();
    void holesTakeNoRoom();
    void timesAndNumbersAreTheRuns();
    void movedFoldersKeepTheirContents();
    void changesElsewhereAreSeen();
    void removedCurrentFolder();

private:
    QByteArray at(const char *name) const { return QFile::encodeName(m_folder->path()) + '/' + name; }
    void write(const char *name, const QByteArray &data, int flags = O_WRONLY | O_CREAT | O_TRUNC)
    {
        const int handle = m_files->open(at(name), flags, 0644);
        QVERIFY2(handle >= 0, qPrintable(QString::number(handle)));
        QCOMPARE(m_files->write(handle, data.constData(), data.size(), -1), data.size());
        QCOMPARE(m_files->close(handle), 0);
    }
    QByteArray content(const char *name)
    {
        const int handle = m_files->open(at(name), O_RDONLY, 0);
        QByteArray data(1000, '\0');
        data.truncate(std::max<qint64>(m_files->read(handle, data.data(), data.size(), -1), 0));
        m_files->close(handle);
        return data;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    Permissions m_all;
    double m_now = 5000;
    std::unique_ptr<OverlayFileSystem> m_files;
};

void OverlayFileSystemTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>(QDir(QDir::tempPath()).canonicalPath() + QStringLiteral("/overlay-XXXXXX"));
    QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("sub/deep")));
    for (const char *name : {"one", "two", "three", "sub/deep/four"}) {
        QFile file(QFile::decodeName(at(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(name) > 0);
    }
    m_files = std::make_unique<OverlayFileSystem>(
        m_all, [this] { return m_now; }, 1 << 20);
}

void OverlayFileSystemTest::listsWhatWasDone()
{
    write("new", "12345");
    write("one", "x", O_WRONLY | O_APPEND);
    QCOMPARE(m_files->removeFile(at("two")), 0);
    QCOMPARE(m_files->makeSymbolicLink("one", at("link")), 0);
    write("gone", "x");
    QCOMPARE(m_files->removeFile(at("gone")), 0);
    QCOMPARE(content("three"), QByteArray("three")); // to read is no change
    const QString expected =
        QStringLiteral("made              /link -> one\nmade              5  /new\nchanged           4  /one\nremoved            /two\n");
    QString found = WrittenFiles(*m_files).list().replace(m_folder->path(), QString());
    QCOMPARE(found.simplified(), expected.simplified());
}

void OverlayFileSystemTest::changesHaveMoments()
{
    quint64 moment = 0;
    m_files->setMoment([&moment] { return moment; });
    QDir(m_folder->path()).mkdir(QStringLiteral("real"));
    moment = 10;
    write("one", "1");
    moment = 20;
    write("two", "2");
    moment = 30;
    write("one", "11", O_WRONLY | O_APPEND);
    moment = 40;
    QCOMPARE(m_files->rename(at("two"), at("three")), 0);
    moment = 50;
    QCOMPARE(m_files->removeDirectory(at("real")), 0);
    QStringList found;
    for (const FileChange &change : m_files->changes())
        found << QStringLiteral("%1 %2 %3").arg(QFileInfo(QFile::decodeName(change.path)).fileName()).arg(change.since).arg(change.until);
    QCOMPARE(found,
        (QStringList{
            QStringLiteral("one 10 30"), QStringLiteral("real 50 50"), QStringLiteral("three 40 40"), QStringLiteral("two 40 40")}));
}

void OverlayFileSystemTest::copiesWhatWasWritten()
{
    QCOMPARE(m_files->makeDirectory(at("folder"), 0755), 0);
    write("folder/new", QByteArray(200'000, 'n'));
    QCOMPARE(m_files->makeSymbolicLink("/etc", at("folder/link")), 0);
    QCOMPARE(m_files->setMode(at("folder/new"), 0), 0);
    QTemporaryDir target;
    QCOMPARE(WrittenFiles(*m_files).copyTo(target.filePath(QStringLiteral("out"))), QString());
    QFile copied(target.filePath(QStringLiteral("out")) + QFile::decodeName(at("folder/new")));
    QVERIFY(copied.setPermissions(QFile::ReadOwner) && copied.open(QIODevice::ReadOnly));
    QCOMPARE(copied.readAll(), QByteArray(200'000, 'n'));
    QCOMPARE(QFile::symLinkTarget(target.filePath(QStringLiteral("out")) + QFile::decodeName(at("folder/link"))), QStringLiteral("/etc"));
    QVERIFY(!QFile::exists(QFile::decodeName(at("folder"))));
}

void OverlayFileSystemTest::copiesOnlyIntoEmptyFolders()
{
    QVERIFY(WrittenFiles::folderProblem(m_folder->path()).contains(QLatin1String("not empty")));
    QVERIFY(WrittenFiles::folderProblem(QFile::decodeName(at("one"))).contains(QLatin1String("not a folder")));
    QVERIFY(WrittenFiles(*m_files).copyTo(m_folder->path()).contains(QLatin1String("not empty")));
}

void OverlayFileSystemTest::fullDisk()
{
    const int handle = m_files->open(at("big"), O_RDWR | O_CREAT, 0644);
    const QByteArray data(700'000, 'x');
    QCOMPARE(m_files->write(handle, data.constData(), data.size(), -1), 700'000);
    QCOMPARE(m_files->write(handle, data.constData(), data.size(), -1), (1 << 20) - 700'000); // what fits still
    QCOMPARE(m_files->write(handle, data.constData(), data.size(), -1), -ENOSPC);
    SpaceStatus space;
    QCOMPARE(m_files->spaceStatus(at("big"), &space), 0);
    QCOMPARE(space.freeBlocks, 0ULL);
    QCOMPARE(m_files->setSize(handle, 10), 0);
    QCOMPARE(m_files->write(handle, data.constData(), 5, -1), 5);
    m_files->close(handle);
    QCOMPARE(m_files->removeFile(at("big")), 0);
    QCOMPARE(m_files->spaceStatus(at("one"), &space), 0);
    QCOMPARE(space.freeBlocks, space.blocks);
}

void OverlayFileSystemTest::holesTakeNoRoom()
{
    const int handle = m_files->open(at("sparse"), O_RDWR | O_CREAT, 0644);
    QCOMPARE(m_files->setSize(handle, 1LL << 40U), 0);
    QCOMPARE(m_files->write(handle, "end", 3, (1LL << 40U) - 3), 3);
    QByteArray data(6, '?');
    QCOMPARE(m_files->read(handle, data.data(), 6, (1LL << 40U) - 6), 6);
    QCOMPARE(data, QByteArray("\0\0\0end", 6));
    m_files->close(handle);
}

void OverlayFileSystemTest::timesAndNumbersAreTheRuns()
{
    write("new", "x");
    FileStatus status;
    QCOMPARE(m_files->status(at("new"), true, &status), 0);
    QCOMPARE(status.inode, OverlayFileSystem::firstInode);
    QCOMPARE(status.born, 5000.0);
    m_now = 6000;
    write("new", "yy");
    QCOMPARE(m_files->status(at("new"), true, &status), 0);
    QVERIFY(status.born == 5000 && status.modified == 6000 && status.changed == 6000);
}

void OverlayFileSystemTest::movedFoldersKeepTheirContents()
{
    QCOMPARE(m_files->rename(at("sub"), at("moved")), 0);
    QCOMPARE(content("moved/deep/four"), QByteArray("sub/deep/four"));
    FileStatus status;
    QCOMPARE(m_files->status(at("sub"), true, &status), -ENOENT);
    QCOMPARE(m_files->makeDirectory(at("sub"), 0755), 0); // a new one, with nothing of the old in it
    QCOMPARE(m_files->status(at("sub/deep"), true, &status), -ENOENT);
    const QString list = WrittenFiles(*m_files).list();
    QVERIFY2(list.contains(QLatin1String("/moved/deep/four")), qPrintable(list));
}

void OverlayFileSystemTest::changesElsewhereAreSeen()
{
    QCOMPARE(content("one"), QByteArray("one"));
    QFile file(QFile::decodeName(at("one")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("changed") == 7);
    file.close();
    QCOMPARE(content("one"), QByteArray("changed"));
    QVERIFY(file.remove());
    FileStatus status;
    QCOMPARE(m_files->status(at("one"), true, &status), -ENOENT);
}

void OverlayFileSystemTest::removedCurrentFolder()
{
    QCOMPARE(m_files->makeDirectory(at("here"), 0755), 0);
    QCOMPARE(m_files->changeDirectory(at("here")), 0);
    QByteArray path;
    QCOMPARE(m_files->currentDirectory(&path), 0);
    QCOMPARE(path, at("here"));
    QCOMPARE(m_files->rename(at("here"), at("there")), 0);
    QCOMPARE(m_files->currentDirectory(&path), 0);
    QCOMPARE(path, at("there"));
    QCOMPARE(m_files->removeDirectory(at("there")), 0);
    QCOMPARE(m_files->currentDirectory(&path), -ENOENT);
    QCOMPARE(m_files->open("x", O_WRONLY | O_CREAT, 0644), -ENOENT);
}

QTEST_GUILESS_MAIN(OverlayFileSystemTest)
#include "OverlayFileSystemTest.moc"
