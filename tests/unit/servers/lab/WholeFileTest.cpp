// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/lab/WholeFile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace loopscope;

/// What is saved is whole or as it was, and what is no file is not replaced by one.
class WholeFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileIsReplaced();
    void aFolderIsNot();
    void aPipeHearsIt();
    void aFullDeviceIsSaidAndStays();

private:
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }

    QTemporaryDir m_folder;
};

void WholeFileTest::aFileIsReplaced()
{
    for (const QByteArray &content : {QByteArray("a longer text"), QByteArray("short"), QByteArray()}) {
        QCOMPARE(writeWholeFile(path("report.json"), content), QString());
        QFile file(path("report.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), content);
    }
}

void WholeFileTest::aFolderIsNot()
{
    QVERIFY(!writeWholeFile(m_folder.path(), "text").isEmpty());
    QVERIFY(QFileInfo(m_folder.path()).isDir());
    QVERIFY(!writeWholeFile(path("gone/report.json"), "text").isEmpty());
}

void WholeFileTest::aPipeHearsIt()
{
    const QByteArray name = QFile::encodeName(path("pipe"));
    QCOMPARE(::mkfifo(name.constData(), 0600), 0);
    const int reader = ::open(name.constData(), O_RDONLY | O_NONBLOCK);
    QVERIFY(reader >= 0);
    QCOMPARE(writeWholeFile(path("pipe"), "heard"), QString());
    char heard[16];
    QCOMPARE(QByteArray(heard, static_cast<int>(::read(reader, heard, sizeof heard))), QByteArray("heard"));
    ::close(reader);
}

void WholeFileTest::aFullDeviceIsSaidAndStays()
{
    struct stat status = {};
    if (::stat("/dev/full", &status) != 0 || !S_ISCHR(status.st_mode))
        QSKIP("there is no /dev/full");
    // A name of the test's own: should the device be replaced after all, it is not the machine's.
    const QByteArray device = QFile::encodeName(path("full"));
    if (::mknod(device.constData(), S_IFCHR | 0666, status.st_rdev) != 0)
        QSKIP("devices can be made by root only");
    QCOMPARE(writeWholeFile(path("full"), "text"), QStringLiteral("No space left on device"));
    QCOMPARE(::stat(device.constData(), &status), 0);
    QVERIFY(S_ISCHR(status.st_mode));
}

QTEST_GUILESS_MAIN(WholeFileTest)
#include "WholeFileTest.moc"
