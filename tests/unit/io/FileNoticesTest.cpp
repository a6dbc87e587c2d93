// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/OverlayFileSystem.h"
#include "io/PosixFileSystem.h"
#include "io/SeededGenerator.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <fcntl.h>
#include <map>
#include <sys/inotify.h>
#include <unistd.h>

using namespace loopscope;

namespace {

/// What libuv asks inotify for.
constexpr quint32 libuvMask = IN_ATTRIB | IN_CREATE | IN_MODIFY | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_MOVED_FROM | IN_MOVED_TO;
const std::array<QByteArray, 6> names = {"a", "b", "sub", "sub/c", "sub/deep", "sub/deep/d"};
const std::array<QByteArray, 4> watched = {"", "/a", "/sub", "/sub/deep"};

/// A file system with a folder in it, and the files that were opened there.
struct Side
{
    FileSystem &files;
    QByteArray root;
    int open = -1;
    std::vector<DirectoryEntry> entries;

    QByteArray at(quint64 index) const { return root + '/' + names.at(index % names.size()); }
    /// Makes the change that a number stands for; whether it worked does not matter, as it works on both sides or on none.
    void change(quint64 number)
    {
        const quint64 first = number / 16;
        const quint64 second = first / names.size();
        switch (number % 16) {
        case 0:
        case 1: {
            const int file = files.open(at(first), O_WRONLY | O_CREAT | (second % 2 == 0 ? O_TRUNC : O_APPEND), 0644);
            files.write(file, "text", second % 3 == 0 ? 0 : 4, -1);
            files.close(file);
            return;
        }
        case 2:
            files.makeDirectory(at(first), 0755);
            return;
        case 3:
            files.removeDirectory(at(first));
            return;
        case 4:
            files.removeFile(at(first));
            return;
        case 5:
        case 6:
            files.rename(at(first), at(second));
            return;
        case 7:
            files.list(at(first), &entries);
            return;
        case 8:
            files.makeSymbolicLink("a", at(first));
            return;
        case 9:
            files.setMode(at(first), second % 2 == 0 ? 0755 : 0700);
            return;
        case 10:
            files.setTimes(at(first), true, 1, 2);
            return;
        case 11:
            files.setOwner(at(first), true, ~0U, ::getegid());
            return;
        case 12:
            if (open < 0)
                open = files.open(at(first), O_RDWR, 0);
            return;
        case 13:
            files.write(open, "more", 4, -1);
            return;
        case 14:
            files.setSize(open, 2);
            return;
        default:
            files.close(open);
            open = -1;
        }
    }
};

} // namespace

/// OverlayFileSystem tells of changes as the kernel does: random changes of a real folder, which inotify watches, and of the same in
/// memory.
class FileNoticesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void likeInotify_data();
    void likeInotify();
};

void FileNoticesTest::likeInotify_data()
{
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 40; ++seed)
        QTest::addRow("%llu", seed) << seed;
}

void FileNoticesTest::likeInotify()
{
    QFETCH(quint64, seed);
    SeededGenerator generator(seed);
    QTemporaryDir folder;
    const QByteArray root = QFile::encodeName(folder.path());
    PosixFileSystem real;
    const Permissions everything;
    OverlayFileSystem overlay(everything, [] { return 0.0; });
    FileNotices notices([] { return quint64(0); });
    Side inReal{real, root + "/real", -1, {}};
    Side inMemory{overlay, root + "/memory", -1, {}};
    real.makeDirectory(inReal.root, 0755);
    overlay.makeDirectory(inMemory.root, 0755);
    const int kernel = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    std::map<int, QByteArray> ofKernel;
    std::map<int, QByteArray> ofOverlay;
    const auto take = [&](QByteArrayList *told) {
        std::array<char, 65536> buffer = {};
        const auto length = ::read(kernel, buffer.data(), buffer.size());
        for (ssize_t at = 0; at < length;) {
            const auto *event = reinterpret_cast<const inotify_event *>(buffer.data() + at);
            told->append(ofKernel[event->wd] + ' ' + QByteArray::number(event->mask, 16) + ' ' + (event->len > 0 ? event->name : ""));
            at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
        }
    };
    QByteArrayList changes;
    for (int step = 0; step < 150; ++step) {
        if (step % 10 == 0) { // what is there by now is watched
            for (const QByteArray &path : watched) {
                if (const int number = ::inotify_add_watch(kernel, (inReal.root + path).constData(), libuvMask); number >= 0)
                    ofKernel.emplace(number, path);
                if (const int number = overlay.addWatch(inMemory.root + path, notices); number >= 0)
                    ofOverlay.emplace(number, path);
            }
        }
        const quint64 number = generator.next() >> 8U;
        changes.append(QByteArray::number(number % 16) + ':' + names.at(number / 16 % names.size()));
        inReal.change(number);
        inMemory.change(number);
        QByteArrayList expected;
        take(&expected);
        QByteArrayList actual;
        for (const FileNotice &notice : notices.take()) {
            notices.read(notice.number);
            actual.append(ofOverlay[notice.watch] + ' ' + QByteArray::number(notice.mask, 16) + ' ' + notice.name);
        }
        if (actual != expected) {
            QFAIL(qPrintable(QStringLiteral("step %1 (%2): told %3, the kernel %4")
                                 .arg(step)
                                 .arg(QString::fromUtf8(changes.mid(std::max(0, step - 8)).join(' ')), QString::fromUtf8(actual.join(", ")),
                                     QString::fromUtf8(expected.join(", ")))));
        }
    }
    overlay.removeWatches(notices);
    ::close(kernel);
}

QTEST_GUILESS_MAIN(FileNoticesTest)

#include "FileNoticesTest.moc"
