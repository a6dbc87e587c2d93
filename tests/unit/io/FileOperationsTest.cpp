// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/FileOperations.h"
#include "io/PosixFileSystem.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <sys/stat.h>
#include <unistd.h>

using namespace loopscope;

namespace {

IoValue text(const char *characters) { return {QString::fromUtf8(characters)}; }
IoValue number(double value) { return {value}; }

IoValue fromJson(const QJsonValue &value)
{
    if (value.isDouble())
        return {value.toDouble()};
    if (value.isBool())
        return {value.toBool()};
    return {value.toString()};
}

QJsonValue toJson(const IoValue &value)
{
    if (const auto *flag = std::get_if<bool>(&value.value))
        return *flag;
    if (const auto *count = std::get_if<double>(&value.value))
        return *count;
    if (const auto *string = std::get_if<QString>(&value.value))
        return *string;
    if (const auto *list = std::get_if<QStringList>(&value.value))
        return QJsonArray::fromStringList(*list);
    return QJsonValue::Undefined;
}

} // namespace

/// Compares with what Node 20 gave for the same operations on the same files, and checks what has no counterpart there.
class FileOperationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void agreesWithNode();
    void readsAndWrites();
    void handlesAreOwnNumbers();
    void cannotTouchForeignHandles();
    void appendsAndTruncates();
    void copiesContentAndMode();
    void listsSortedByBytesWithTypes();
    void statusHasNodesFields();
    void removesTrees();
    void setsTimes();
    void readsFilesThatSayTheyAreEmpty();
    void temporaryFoldersFollowTheSeed();
    void unknownOperationsFail();

private:
    IoResult perform(const char *name, std::vector<IoValue> arguments)
    {
        return m_operations->perform({QString::fromLatin1(name), std::move(arguments), IoKind::File, {}});
    }
    QByteArray content(const char *path)
    {
        const IoResult result = perform("readFile", {text(path)});
        const auto *bytes = std::get_if<QByteArray>(&result.value.value);
        return bytes ? *bytes : QByteArray("<no bytes>");
    }
    double handleOf(const char *path, const char *flags)
    {
        const IoResult result = perform("open", {text(path), text(flags)});
        const auto *handle = std::get_if<double>(&result.value.value);
        return handle ? *handle : -1;
    }

    PosixFileSystem m_files;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_before;
    std::unique_ptr<FileOperations> m_operations;
};

void FileOperationsTest::init()
{
    m_before = QDir::currentPath();
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid() && QDir::setCurrent(m_folder->path()));
    m_operations = std::make_unique<FileOperations>(m_files);
    QVERIFY(!perform("writeFile", {text("file"), text("hello")}).error.isError());
    QVERIFY(QDir().mkdir(QStringLiteral("dir")));
    QVERIFY(QDir().mkdir(QStringLiteral("full")));
    QVERIFY(!perform("writeFile", {text("full/x"), text("x")}).error.isError());
    for (const auto &[target, path] : {std::pair("nowhere", "dangling"), std::pair("loop", "loop"), std::pair("full", "to-full")})
        QVERIFY(!perform("symlink", {text(target), text(path)}).error.isError());
}

void FileOperationsTest::cleanup()
{
    m_operations.reset();
    QDir::setCurrent(m_before);
    m_folder.reset();
}

void FileOperationsTest::agreesWithNode()
{
    QFile file(QStringLiteral(EXPECTATIONS));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray expectations = QJsonDocument::fromJson(file.readAll()).array();
    QVERIFY(expectations.size() > 90);
    const QString folder = QDir::currentPath();
    int failures = 0;
    for (const QJsonValue &entry : expectations) {
        const QJsonObject expectation = entry.toObject();
        IoOperation operation;
        operation.name = expectation.value(QLatin1String("operation")).toString();
        const QJsonArray given = expectation.value(QLatin1String("arguments")).toArray();
        for (const QJsonValue &argument : given)
            operation.arguments.push_back(fromJson(argument));
        const IoResult result = m_operations->perform(operation);

        // Written as the fixture is, so that a difference can be read.
        QJsonObject got{{QStringLiteral("operation"), operation.name}, {QStringLiteral("arguments"), given}};
        const auto withoutFolder = [&folder](QString path) { return path.replace(folder, QLatin1String("@")); };
        if (result.error.isError()) {
            QJsonObject error{{QStringLiteral("code"), result.error.code}, {QStringLiteral("errno"), result.error.errorNumber},
                {QStringLiteral("syscall"), result.error.syscall}, {QStringLiteral("message"), withoutFolder(result.error.message())}};
            if (!result.error.path.isNull())
                error.insert(QStringLiteral("path"), withoutFolder(result.error.path));
            if (!result.error.destination.isNull())
                error.insert(QStringLiteral("dest"), result.error.destination);
            got.insert(QStringLiteral("error"), error);
        } else if (const QJsonValue value = toJson(result.value); !value.isUndefined()) {
            got.insert(QStringLiteral("result"), value.isString() ? QJsonValue(withoutFolder(value.toString())) : value);
        }
        if (got != expectation) {
            ++failures;
            qWarning("node: %s\nours: %s", QJsonDocument(expectation).toJson(QJsonDocument::Compact).constData(),
                QJsonDocument(got).toJson(QJsonDocument::Compact).constData());
        }
    }
    QCOMPARE(failures, 0);
}

void FileOperationsTest::readsAndWrites()
{
    const QByteArray bytes("a\0b\xff", 4);
    QVERIFY(!perform("writeFile", {text("new"), {bytes}, {}, number(0600)}).error.isError());
    QCOMPARE(content("new"), bytes);
    struct stat status = {};
    QCOMPARE(::stat("new", &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0600U);

    const double handle = handleOf("new", "r+");
    QCOMPARE(std::get<double>(perform("write", {number(handle), text("XY"), number(1)}).value.value), 2.0);
    QCOMPARE(std::get<QByteArray>(perform("read", {number(handle), number(10), number(0)}).value.value), QByteArray("aXY\xff"));
    QCOMPARE(std::get<QByteArray>(perform("read", {number(handle), number(2), number(-1)}).value.value), QByteArray("aX"));
    QCOMPARE(std::get<QByteArray>(perform("read", {number(handle), number(9), number(-1)}).value.value), QByteArray("Y\xff"));
    QCOMPARE(std::get<QByteArray>(perform("read", {number(handle), number(9), number(-1)}).value.value), QByteArray());
    QVERIFY(!perform("close", {number(handle)}).error.isError());
    QCOMPARE(perform("read", {number(handle), number(1), number(-1)}).error.code, QStringLiteral("EBADF"));
    QVERIFY(!perform("writeFile", {text("grüße 日本"), text("ä")}).error.isError());
    QCOMPARE(content("grüße 日本"), QByteArray("ä"));
}

void FileOperationsTest::handlesAreOwnNumbers()
{
    const double first = handleOf("file", "r");
    const double second = handleOf("file", "r");
    QCOMPARE(first, static_cast<double>(HandleTable::first));
    QCOMPARE(second, first + 1);
    QVERIFY(!perform("close", {number(first)}).error.isError());
    QCOMPARE(perform("close", {number(first)}).error.code, QStringLiteral("EBADF"));
    QCOMPARE(handleOf("file", "r"), first); // the lowest free number, as the kernel does it
}

void FileOperationsTest::cannotTouchForeignHandles()
{
    std::array<int, 2> ends = {};
    QCOMPARE(::pipe(ends.data()), 0);
    QCOMPARE(perform("close", {number(ends[0])}).error.code, QStringLiteral("EBADF"));
    QCOMPARE(perform("write", {number(ends[1]), text("x"), number(-1)}).error.code, QStringLiteral("EBADF"));
    QCOMPARE(::write(ends[1], "x", 1), 1); // still open
    ::close(ends[0]);
    ::close(ends[1]);
}

void FileOperationsTest::appendsAndTruncates()
{
    QVERIFY(!perform("appendFile", {text("file"), text(" world")}).error.isError());
    QCOMPARE(content("file"), QByteArray("hello world"));
    QVERIFY(!perform("truncate", {text("file"), number(4)}).error.isError());
    QCOMPARE(content("file"), QByteArray("hell"));
    const double handle = handleOf("file", "r+");
    QVERIFY(!perform("ftruncate", {number(handle), number(6)}).error.isError());
    QCOMPARE(content("file"), QByteArray("hell\0\0", 6));
    QVERIFY(!perform("writeFile", {number(handle), text("HE")}).error.isError()); // through a handle: no truncation
    QCOMPARE(content("file"), QByteArray("HEll\0\0", 6));
}

void FileOperationsTest::copiesContentAndMode()
{
    const QByteArray large(3'000'000, 'z');
    QVERIFY(!perform("writeFile", {text("large"), {large}}).error.isError());
    QVERIFY(!perform("chmod", {text("large"), number(0640)}).error.isError());
    QVERIFY(!perform("copyFile", {text("large"), text("copy")}).error.isError());
    QCOMPARE(content("copy"), large);
    struct stat status = {};
    QCOMPARE(::stat("copy", &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0640U);
    QVERIFY(!perform("copyFile", {text("file"), text("copy")}).error.isError());
    QCOMPARE(content("copy"), QByteArray("hello"));
}

void FileOperationsTest::listsSortedByBytesWithTypes()
{
    for (const char *name : {"B", "a1", "_x", "é", "Z"})
        QVERIFY(!perform("writeFile", {text(name), text("")}).error.isError());
    const QStringList names = std::get<QStringList>(perform("readdir", {text(".")}).value.value);
    QCOMPARE(names.join(u' '), QStringLiteral("B Z _x a1 dangling dir file full loop to-full é"));
    const QStringList typed = std::get<QStringList>(perform("readdir", {text("."), {true}}).value.value);
    QCOMPARE(typed.join(u' '), QStringLiteral("1B 1Z 1_x 1a1 3dangling 2dir 1file 2full 3loop 3to-full 1é"));
}

void FileOperationsTest::statusHasNodesFields()
{
    const auto fields = std::get<std::vector<double>>(perform("stat", {text("file")}).value.value);
    struct stat status = {};
    QCOMPARE(::stat("file", &status), 0);
    const std::vector<double> expected = {static_cast<double>(status.st_dev), static_cast<double>(status.st_mode),
        static_cast<double>(status.st_nlink), static_cast<double>(status.st_uid), static_cast<double>(status.st_gid),
        static_cast<double>(status.st_rdev), static_cast<double>(status.st_blksize), static_cast<double>(status.st_ino), 5,
        static_cast<double>(status.st_blocks)};
    QCOMPARE(fields.size(), std::size_t(14));
    QCOMPARE(std::vector<double>(fields.begin(), fields.begin() + 10), expected);
    QCOMPARE(fields[11], static_cast<double>(status.st_mtim.tv_sec) * 1000 + static_cast<double>(status.st_mtim.tv_nsec) / 1e6);
    QVERIFY(fields[13] > 0 && fields[13] <= fields[12]);
    const auto link = std::get<std::vector<double>>(perform("lstat", {text("dangling")}).value.value);
    QVERIFY(S_ISLNK(static_cast<mode_t>(link[1])));
}

void FileOperationsTest::removesTrees()
{
    QVERIFY(!perform("mkdir", {text("full/deep/er"), number(0777), {true}}).error.isError());
    QVERIFY(!perform("symlink", {text("../dir"), text("full/link")}).error.isError());
    const IoError error = perform("rm", {text("full")}).error;
    QCOMPARE(error.code + error.syscall, QStringLiteral("EISDIRrm"));
    QVERIFY(!perform("rm", {text("full"), {true}}).error.isError());
    QVERIFY(!QFile::exists(QStringLiteral("full")));
    QVERIFY(QFile::exists(QStringLiteral("dir"))); // what a link leads to stays
    QVERIFY(!perform("rm", {text("file")}).error.isError());
    QVERIFY(!QFile::exists(QStringLiteral("file")));
}

void FileOperationsTest::setsTimes()
{
    QVERIFY(!perform("utimes", {text("file"), number(1.123456789), number(2.987654321)}).error.isError());
    const auto fields = std::get<std::vector<double>>(perform("stat", {text("file")}).value.value);
    QCOMPARE(fields[10], 1123.456); // as under Node 20: whole microseconds
    QCOMPARE(fields[11], 2987.654);
}

void FileOperationsTest::readsFilesThatSayTheyAreEmpty() { QVERIFY(content("/proc/self/status").startsWith("Name:")); }

void FileOperationsTest::temporaryFoldersFollowTheSeed()
{
    const auto madeWith = [this](quint64 seed) {
        m_operations = std::make_unique<FileOperations>(m_files, seed);
        const QString path = std::get<QString>(perform("mkdtemp", {text("tmp-")}).value.value);
        const bool isFolder = QFileInfo(path).isDir() && path.size() == 10;
        QDir().rmdir(path);
        return isFolder ? path : QString();
    };
    const QString first = madeWith(7);
    QVERIFY(!first.isEmpty());
    QCOMPARE(madeWith(7), first);
    QVERIFY(madeWith(8) != first);
    // A name that is taken is passed over.
    QVERIFY(QDir().mkdir(first));
    const QString other = madeWith(7);
    QVERIFY(!other.isEmpty() && other != first);
}

void FileOperationsTest::unknownOperationsFail()
{
    QVERIFY(!FileOperations::knows(QStringLiteral("defragment")));
    QCOMPARE(perform("defragment", {}).error.code, QStringLiteral("ENOSYS"));
}

QTEST_GUILESS_MAIN(FileOperationsTest)
#include "FileOperationsTest.moc"
