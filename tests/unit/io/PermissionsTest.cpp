// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/Permissions.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

/// What may be reached by default, and what each grant adds.
class PermissionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void reads_data();
    void reads();
    void writesNothingByDefault();
    void loadsThePackage();
    void connects_data();
    void connects();
    void runs();
    void hidesSecrets();
    void refusalNamesTheOption();

private:
    QTemporaryDir m_folder;
    QByteArray m_root; ///< resolved
    QString script() const { return QFile::decodeName(m_root) + QStringLiteral("/project/src/main.js"); }
};

void PermissionsTest::initTestCase()
{
    m_root = QFile::encodeName(QFileInfo(m_folder.path()).canonicalFilePath());
    QDir root(m_folder.path());
    QVERIFY(
        root.mkpath(QStringLiteral("project/src")) && root.mkpath(QStringLiteral("project/src2")) && root.mkpath(QStringLiteral("data")));
    QVERIFY(QFile::link(QStringLiteral("data"), m_folder.filePath(QStringLiteral("link"))));
    for (const char *name : {"project/package.json", "project/src/main.js"}) {
        QFile file(m_folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
}

void PermissionsTest::reads_data()
{
    QTest::addColumn<QString>("granted");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("readable");
    const auto add = [this](const char *granted, const QByteArray &path, bool readable) {
        QTest::addRow("%s with %s", path.constData(), granted) << QString::fromLatin1(granted) << m_root + path << readable;
    };
    add("", "/project/src", true);
    add("", "/project/src/deep/file", true);
    add("", "/project/src2", false);
    add("", "/project/src2/file", false);
    add("", "/project", false);
    add("", "/project/package.json", true);
    add("", "/project/node_modules/a/index.js", true);
    add("", "/node_modules/a/index.js", true);
    add("", "/data/file", false);
    add("data", "/data/file", true);
    add("data", "/database", false);
    add("link", "/data/file", true);
    add("link", "/link", false);
    add("data/one", "/data/one", true);
    add("data/one", "/data/two", false);
    add("data/../project", "/project/x", true);
}

void PermissionsTest::reads()
{
    QFETCH(QString, granted);
    QFETCH(QByteArray, path);
    PermissionGrants grants;
    if (!granted.isEmpty())
        grants.read.names << m_folder.filePath(granted);
    QTEST(Permissions(grants, script()).mayRead(path), "readable");
    QVERIFY(Permissions().mayRead(path));
}

void PermissionsTest::writesNothingByDefault()
{
    QVERIFY(!Permissions({}, script()).mayWrite(m_root + "/project/src/file"));
    PermissionGrants grants;
    grants.write.names << m_folder.filePath(QStringLiteral("data"));
    const Permissions some(grants, script());
    QVERIFY(some.mayWrite(m_root + "/data/new") && !some.mayWrite(m_root + "/project/src/file") && !some.mayRead(m_root + "/data/new"));
    QVERIFY(some.isOnTheWay(m_root + "/data") && some.isOnTheWay("/") && !some.isOnTheWay("/etc"));
}

void PermissionsTest::loadsThePackage()
{
    const Permissions permissions({}, script());
    const QByteArray other = m_root + "/project/lib/other.js";
    QVERIFY(!permissions.mayRead(other));
    {
        const Permissions::LoadingScope loading;
        QVERIFY(permissions.mayRead(other) && permissions.mayRead(m_root + "/project/data.json"));
        QVERIFY(!permissions.mayRead(m_root + "/data/other.js"));
        const Permissions alone({}, m_folder.filePath(QStringLiteral("data/main.js"))); // in no package
        QVERIFY(alone.mayRead(m_root + "/project/lib/other.js") && !alone.mayRead(m_root + "/project/data.json"));
    }
    QVERIFY(!permissions.mayRead(other));
}

void PermissionsTest::connects_data()
{
    QTest::addColumn<QString>("granted");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("allowed");
    const auto add = [](const char *granted, const char *host, bool allowed) {
        QTest::addRow("%s with %s", host, granted) << QString::fromLatin1(granted) << QString::fromLatin1(host) << allowed;
    };
    for (const char *host :
        {"localhost", "LOCALHOST.", "a.localhost", "127.0.0.1", "127.9.9.9", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "::", "0.0.0.0"})
        add("", host, true);
    for (const char *host : {"example.com", "localhost.example.com", "10.0.0.1", "128.0.0.1", "::2", "::ffff:10.0.0.1", "2130706433",
             "0x7f.1", "127.1", "fe80::1%lo"})
        add("", host, false);
    add("example.com", "example.com", true);
    add("example.com", "EXAMPLE.com", true);
    add("example.com", "a.example.com", false);
    add("*.example.com", "a.example.com", true);
    add("*.example.com", "badexample.com", false);
    add("example.com:80", "example.com", true);
    add("example.com:81", "example.com", false);
    add("10.0.0.1", "::ffff:10.0.0.1", true);
    add("[2001:db8::1]:80", "2001:db8:0::1", true);
    add("2001:db8::1", "2001:db8::1", true);
    add("*", "example.com", true);
}

void PermissionsTest::connects()
{
    QFETCH(QString, granted);
    QFETCH(QString, host);
    PermissionGrants grants;
    if (!granted.isEmpty())
        grants.network.names << granted;
    const Permissions permissions(grants, script());
    QTEST(permissions.mayReach(host, 80), "allowed");
    // A harmless name may lead anywhere.
    QVERIFY(!Permissions({}, script()).mayReachAddress(QStringLiteral("localhost"), QStringLiteral("10.0.0.1"), 80));
    QVERIFY(!permissions.mayListenEverywhere(80) || granted == QLatin1String("*"));
}

void PermissionsTest::runs()
{
    QVERIFY(!Permissions({}, script()).mayRun(QStringLiteral("ls")));
    PermissionGrants grants;
    grants.programs.names << QStringLiteral("ls") << QStringLiteral("/bin/cat");
    const Permissions some(grants, script());
    QVERIFY(some.mayRun(QStringLiteral("ls")) && some.mayRun(QStringLiteral("/bin/../bin/cat")));
    QVERIFY(!some.mayRun(QStringLiteral("/tmp/ls")) && !some.mayRun(QStringLiteral("cat")));
}

void PermissionsTest::hidesSecrets()
{
    PermissionGrants grants;
    const Permissions usual(grants, script());
    for (const char *name : {"AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "DB_PASSWORD", "api_key", "NPM_AUTH"})
        QVERIFY2(!usual.maySee(QString::fromLatin1(name)), name);
    for (const char *name : {"PATH", "HOME", "NODE_ENV", "PORT", "DEBUG", "PASSENGER_ENV", "UV_THREADPOOL_SIZE"})
        QVERIFY2(usual.maySee(QString::fromLatin1(name)), name);
    grants.environment.names << QStringLiteral("GITHUB_TOKEN");
    QVERIFY(Permissions(grants, script()).maySee(QStringLiteral("GITHUB_TOKEN")));
}

void PermissionsTest::refusalNamesTheOption()
{
    const IoError error = Permissions::refusal(Permission::Read, QStringLiteral("/etc/passwd"));
    QCOMPARE(error.code, QStringLiteral("ERR_ACCESS_DENIED"));
    QCOMPARE(error.permission, QStringLiteral("FileSystemRead"));
    QVERIFY(error.message().startsWith(QLatin1String("Access to this API has been restricted")));
    QVERIFY(error.message().endsWith(QLatin1String("--allow-read=/etc/passwd")));
    QVERIFY(Permissions::named(error.permission) == Permission::Read);
}

QTEST_GUILESS_MAIN(PermissionsTest)
#include "PermissionsTest.moc"
