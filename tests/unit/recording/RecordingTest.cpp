// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/RecordingFormat.h"
#include "recording/RecordingReader.h"
#include "recording/RecordingWriter.h"
#include "recording/SourceCodec.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <random>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace loopscope;

namespace {

/// An event every field of which follows from its number, so that a torn or moved one shows.
Event numbered(quint64 number)
{
    Event event;
    event.time = number * 1000003;
    event.value = -static_cast<qint64>(number) * 7;
    event.subject = static_cast<SubjectId>(number + 1);
    event.cause = static_cast<SubjectId>(number / 2);
    event.site = static_cast<SiteId>(number % 5);
    event.kind = EventKind::Statement;
    event.detail = static_cast<quint8>(number);
    event.setPhase(static_cast<Phase>(number % 7), static_cast<quint16>(number % 8000));
    return event;
}

bool same(const Event &a, const Event &b) { return std::memcmp(&a, &b, sizeof a) == 0; }

SourceText exampleSource()
{
    SourceText source;
    source.path = QStringLiteral("/home/ada/größe.js");
    source.text = "const a = 1;\n  function größe() { return a }\nsetTimeout(größe)\n";
    source.sites = {
        {1, 1, 3, 18, 0, SiteKind::Function, {}},
        {1, 1, 1, 13, 0, SiteKind::Statement, {}},
        {2, 3, 2, 32, 0, SiteKind::Function, QStringLiteral("größe")},
        {2, 22, 2, 30, 2, SiteKind::Statement, {}},
        {3, 1, 3, 18, 0, SiteKind::Call, QStringLiteral("setTimeout")},
        {3, 12, 3, 17, 0, SiteKind::Function, {}},
    };
    return source;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

/// Bytes of this process that no file backs.
qint64 anonymousMemory()
{
    for (const QByteArray &line : contents(QStringLiteral("/proc/self/status")).split('\n')) {
        if (line.startsWith("RssAnon:"))
            return line.mid(8).trimmed().split(' ').first().toLongLong() * 1024;
    }
    return 0;
}

qint64 residentMemory() { return contents(QStringLiteral("/proc/self/statm")).split(' ').at(1).toLongLong() * sysconf(_SC_PAGESIZE); }

} // namespace

class RecordingTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString path(const char *name = "test.lscope") const { return m_folder.filePath(QString::fromLatin1(name)); }

    /// A file with everything in it: metadata, sources, strings, three runs of events, the run's end.
    void writeExample(const QString &to, int eventsPerRun = 4) const
    {
        QString error;
        const std::unique_ptr<RecordingWriter> writer = RecordingWriter::create(to, &error);
        QVERIFY2(writer, qPrintable(error));
        writer->defineMetadata({{QStringLiteral("seed"), 7}, {QStringLiteral("clock"), QStringLiteral("virtual")}});
        writer->defineSource(exampleSource());
        quint64 number = 0;
        for (int run = 0; run < 3; ++run) {
            writer->defineString(QStringLiteral("text %1 ✓").arg(run));
            for (int i = 0; i < eventsPerRun; ++i)
                writer->append(numbered(number++));
        }
        Event end;
        end.kind = EventKind::RunEnded;
        writer->append(end);
    }

    static void compareExample(const RecordingReader &reader, quint64 events)
    {
        for (quint64 i = 0; i < events; ++i)
            QVERIFY2(same(reader.event(i), numbered(i)), qPrintable(QStringLiteral("event %1").arg(i)));
    }

    void readsTheSameInPortions(quint64 number)
    {
        RecordingReader reader;
        QVERIFY(reader.open(path(), 1));
        QVERIFY(reader.isBehind());
        QVERIFY(reader.eventCount() < number);
        quint64 before = 0;
        while (reader.isBehind()) {
            before = reader.bytes();
            QVERIFY(reader.refresh(100'000));
            QVERIFY(reader.bytes() > before);
        }
        QVERIFY(!reader.refresh());
        QCOMPARE(reader.problem(), QString());
        QCOMPARE(reader.eventCount(), number);
        compareExample(reader, number);
    }

private Q_SLOTS:
    void readsBackWhatWasWritten()
    {
        writeExample(path());
        RecordingReader reader;
        QVERIFY2(reader.open(path()), qPrintable(reader.problem()));
        QCOMPARE(reader.eventCount(), 13U);
        compareExample(reader, 12);
        QCOMPARE(reader.event(12).kind, EventKind::RunEnded);
        QCOMPARE(reader.string(1), QStringLiteral("text 0 ✓"));
        QCOMPARE(reader.string(3), QStringLiteral("text 2 ✓"));
        QCOMPARE(reader.string(0), QString());
        QCOMPARE(reader.string(4), QString());
        QCOMPARE(reader.metadata().value(QStringLiteral("seed")).toInt(), 7);
        QVERIFY(reader.isComplete());
        QCOMPARE(reader.problem(), QString());
        QCOMPARE(reader.incompleteness(), QString());
        QCOMPARE(reader.bytes(), static_cast<quint64>(QFile(path()).size()));
        QVERIFY(!reader.refresh());
    }

    void keepsSourcesAndPlaces()
    {
        const SourceText source = exampleSource();
        QString error;
        const auto writer = RecordingWriter::create(path(), &error);
        QCOMPARE(writer->nextSite(), 1U);
        QCOMPARE(writer->defineSource(source), 1U);
        QCOMPARE(writer->defineSource(source), 7U);
        QCOMPARE(writer->nextSite(), 13U);
        writer->finish();
        RecordingReader reader;
        QVERIFY(reader.open(path()));
        QCOMPARE(reader.sources().size(), 2U);
        const SourceText &read = *reader.sources()[1];
        QCOMPARE(read.path, source.path);
        QCOMPARE(read.text, source.text);
        QCOMPARE(read.sites.size(), source.sites.size());
        for (size_t i = 0; i < source.sites.size(); ++i) {
            const Site &a = read.sites[i];
            const Site &b = source.sites[i];
            QVERIFY(a.line == b.line && a.column == b.column && a.endLine == b.endLine && a.endColumn == b.endColumn);
            QVERIFY(a.function == b.function && a.kind == b.kind && a.name == b.name);
        }
        QVERIFY(!reader.place(0).isValid());
        QVERIFY(!reader.place(13).isValid());
        const SitePlace statement = reader.place(7 + 3);
        QVERIFY(statement.isValid());
        QCOMPARE(statement.firstSite, 7U);
        QCOMPARE(statement.functionName(), QStringLiteral("größe"));
        QCOMPARE(statement.snippet(), QStringLiteral("function größe() { return a }"));
        QCOMPARE(statement.shortPlace(), QStringLiteral("größe.js:2"));
        QCOMPARE(reader.place(2).functionName(), QString());
        QCOMPARE(reader.place(6).functionName(), QStringLiteral("größe"));
    }

    void refusesBytesThatAreNoSource()
    {
        const QByteArray good = encodeSource(exampleSource());
        QVERIFY(decodeSource(good) != nullptr);
        for (qsizetype length = 0; length < good.size(); ++length)
            QVERIFY(decodeSource(good.first(length)) == nullptr);
        QVERIFY(decodeSource(good + 'x') == nullptr);
        // A count of sites that would take the machine's memory.
        QVERIFY(decodeSource(QByteArray::fromHex("0000ffffffffffffffff7f")) == nullptr);
        QVERIFY(decodeSource(QByteArray::fromHex("ffffffffffffffffff01")) == nullptr);
    }

    void writesEqualBytesForEqualCalls()
    {
        writeExample(path("a.lscope"), 5000);
        writeExample(path("b.lscope"), 5000);
        QVERIFY(!contents(path("a.lscope")).isEmpty());
        QCOMPARE(contents(path("a.lscope")), contents(path("b.lscope")));
    }

    void sharesNumbersOfEqualTexts()
    {
        for (const bool toFile : {false, true}) {
            QString error;
            const auto writer = toFile ? RecordingWriter::create(path(), &error) : RecordingWriter::toNowhere();
            QCOMPARE(writer->defineString(QString()), 0U);
            QCOMPARE(writer->defineString(QStringLiteral("a")), 1U);
            QCOMPARE(writer->defineString(QStringLiteral("b")), 2U);
            QCOMPARE(writer->defineString(QStringLiteral("a")), 1U);
            // "a" is used all the time, so it stays known however many others come by.
            for (int i = 0; i < 20000; ++i) {
                writer->defineString(QString::number(i));
                QCOMPARE(writer->defineString(QStringLiteral("a")), 1U);
            }
        }
    }

    void growsOverManyWindows()
    {
        // Definitions of all sizes, so that some lie across the borders of windows, and one larger than a window.
        std::mt19937 random(1);
        QString error;
        auto writer = RecordingWriter::create(path(), &error);
        std::vector<QString> texts;
        quint64 number = 0;
        for (int round = 0; round < 300; ++round) {
            const auto length = static_cast<qsizetype>(round == 150 ? 9000000 : random() % 70000);
            texts.push_back(QString::number(round) + QString(length, QLatin1Char('x')));
            QCOMPARE(writer->defineString(texts.back()), static_cast<StringId>(texts.size()));
            for (quint32 i = random() % 3000; i > 0; --i)
                writer->append(numbered(number++));
        }
        QCOMPARE(writer->eventCount(), number);
        writer.reset();
        RecordingReader reader;
        QVERIFY(reader.open(path()));
        QCOMPARE(reader.problem(), QString());
        QCOMPARE(reader.eventCount(), number);
        compareExample(reader, number);
        for (size_t i = 0; i < texts.size(); ++i)
            QVERIFY(reader.string(static_cast<StringId>(i + 1)) == texts[i]);
        for (int i = 0; i < 20000; ++i) {
            const quint64 any = random() % number;
            QVERIFY(same(reader.event(any), numbered(any)));
        }
        readsTheSameInPortions(number);
    }

    void readsWhileItGrows()
    {
        constexpr quint64 total = 400000;
        QString error;
        auto writer = RecordingWriter::create(path(), &error);
        std::atomic<bool> done = false;
        std::thread other([&] {
            for (quint64 i = 0; i < total; ++i) {
                if (i % 1000 == 0)
                    writer->defineString(QStringLiteral("string before event %1").arg(i));
                writer->append(numbered(i));
            }
            writer->finish();
            done = true;
        });
        RecordingReader reader;
        bool opened = reader.open(path());
        quint64 seen = 0;
        bool wrong = false;
        while (opened) {
            const bool last = done;
            reader.refresh();
            for (; seen < reader.eventCount(); ++seen)
                wrong = wrong || !same(reader.event(seen), numbered(seen));
            wrong = wrong || !reader.problem().isEmpty();
            if (last || wrong)
                break;
        }
        other.join();
        QVERIFY(opened);
        QVERIFY2(!wrong, qPrintable(reader.problem()));
        QCOMPARE(seen, total);
        QCOMPARE(reader.string(400), QStringLiteral("string before event 399000"));
    }

    void survivesTheDeathOfTheWriter()
    {
        for (int round = 0; round < 15; ++round) {
            QFile::remove(path());
            const pid_t child = fork();
            QVERIFY(child >= 0);
            if (child == 0) {
                QString error;
                const auto writer = RecordingWriter::create(path(), &error);
                for (quint64 i = 0;; ++i) {
                    if (i % 100 == 0)
                        writer->defineString(QString(static_cast<qsizetype>(i / 100 % 90), QLatin1Char('y')) + QString::number(i));
                    writer->append(numbered(i));
                    if (i > 3000000) // the test must not fill the disk if the machine is slow to kill
                        pause();
                }
            }
            while (!QFile::exists(path()))
                usleep(100);
            usleep(static_cast<useconds_t>(round * round * 300));
            kill(child, SIGKILL);
            waitpid(child, nullptr, 0);
            RecordingReader reader;
            if (!reader.open(path())) {
                QVERIFY2(reader.problem().contains(QStringLiteral("empty")), qPrintable(reader.problem()));
                continue;
            }
            QCOMPARE(reader.problem(), QString());
            QVERIFY(!reader.isComplete());
            QVERIFY(reader.incompleteness().contains(QStringLiteral("killed")));
            compareExample(reader, reader.eventCount());
        }
    }

    void yieldsWholeRecordsWhereverItIsCut()
    {
        writeExample(path());
        const QByteArray whole = contents(path());
        RecordingReader all;
        QVERIFY(all.open(path()));
        quint64 before = 0;
        for (qsizetype length = 0; length < whole.size(); ++length) {
            put(path("cut.lscope"), whole.first(length));
            RecordingReader reader;
            const bool opened = reader.open(path("cut.lscope"));
            QCOMPARE(opened, length >= 32);
            QVERIFY2(!reader.incompleteness().isEmpty(), qPrintable(QString::number(length)));
            if (length % 32 != 0)
                QVERIFY2(!reader.problem().isEmpty(), qPrintable(QString::number(length)));
            QVERIFY(reader.eventCount() >= before && reader.eventCount() <= before + 1);
            before = reader.eventCount();
            compareExample(reader, before);
            // Whatever was cut off may come yet.
            put(path("cut.lscope"), whole);
            if (opened) {
                reader.refresh();
                QCOMPARE(reader.eventCount(), all.eventCount());
                QCOMPARE(reader.problem(), QString());
            }
        }
        QCOMPARE(before, 12U);
    }

    void saysWhereTheDamageIs()
    {
        writeExample(path());
        const QByteArray whole = contents(path());
        RecordingReader all;
        QVERIFY(all.open(path()));
        for (qsizetype at = 32; at < whole.size(); at += 32) {
            QByteArray damaged = whole;
            std::fill_n(damaged.begin() + at, 32, '\xee');
            put(path("damaged.lscope"), damaged);
            RecordingReader reader;
            QVERIFY(reader.open(path("damaged.lscope")));
            QVERIFY(reader.eventCount() <= all.eventCount());
            compareExample(reader, std::min<quint64>(reader.eventCount(), 12));
            // The bytes of a text may be anything; everything else must not.
            if (reader.eventCount() != all.eventCount())
                QVERIFY(reader.problem().contains(QStringLiteral("byte")));
        }
    }

    void refusesWhatIsNoRecording()
    {
        RecordingReader reader;
        QVERIFY(!reader.open(path("missing.lscope")));
        QVERIFY(reader.problem().contains(path("missing.lscope")));
        QVERIFY(!reader.open(m_folder.path()));
        QVERIFY(!reader.problem().isEmpty());
        put(path("empty.lscope"), {});
        QVERIFY(!reader.open(path("empty.lscope")));
        QVERIFY(reader.problem().contains(QStringLiteral("is empty")));
        put(path("text.lscope"), "console.log('this is a script, not a recording')\n");
        QVERIFY(!reader.open(path("text.lscope")));
        QVERIFY(reader.problem().contains(QStringLiteral("not a Loopscope recording")));
        writeExample(path());
        QByteArray newer = contents(path());
        newer[8] = format::version + 1;
        put(path("newer.lscope"), newer);
        QVERIFY(!reader.open(path("newer.lscope")));
        QVERIFY(reader.problem().contains(QStringLiteral("version %1").arg(format::version + 1)));
        QVERIFY(!reader.refresh());
        QCOMPARE(reader.eventCount(), 0U);
    }

    void leavesReadersOfTheOldFileAlone()
    {
        writeExample(path());
        RecordingReader reader;
        QVERIFY(reader.open(path()));
        QString error;
        const auto writer = RecordingWriter::create(path(), &error);
        QVERIFY(writer);
        reader.refresh();
        QCOMPARE(reader.eventCount(), 13U);
        compareExample(reader, 12);
    }

    void outlivesAFileThatIsCutUnderIt()
    {
        writeExample(path(), 100000);
        RecordingReader reader;
        QVERIFY(reader.open(path()));
        QCOMPARE(reader.eventCount(), 300001U);
        QVERIFY(QFile::resize(path(), 1000));
        quint64 events = 0;
        for (quint64 i = 0; i < reader.eventCount(); ++i)
            events += reader.event(i).kind != EventKind::None ? 1 : 0;
        QVERIFY(events < 300001U);
        reader.string(2);
        reader.refresh();
    }

    void reportsWhatCannotBeWritten()
    {
        QString error;
        QVERIFY(!RecordingWriter::create(path("no/such/folder.lscope"), &error));
        QVERIFY(error.contains(path("no/such/folder.lscope")));
        QVERIFY(!RecordingWriter::create(m_folder.path(), &error));
        // Where it is no device, the test would make or fill a file of that name.
        struct stat device = {};
        if (::stat("/dev/full", &device) != 0 || !S_ISCHR(device.st_mode))
            QSKIP("/dev/full is not the device that is always full on this machine");
        const auto full = RecordingWriter::create(QStringLiteral("/dev/full"), &error);
        QVERIFY(full);
        for (quint64 i = 0; i < 100000; ++i)
            full->append(numbered(i));
        QVERIFY(full->failed());
        QVERIFY(full->failure().contains(QStringLiteral("/dev/full")));
        full->defineString(QStringLiteral("still alive"));
        QCOMPARE(full->eventCount(), 100000U);
    }

    void writesToWhatCannotBeMapped()
    {
        writeExample(path(), 20000);
        // A pipe gets the very same bytes.
        int ends[2];
        QCOMPARE(pipe(ends), 0);
        QByteArray got;
        std::thread other([&] {
            char buffer[65536];
            for (ssize_t n = 0; (n = read(ends[0], buffer, sizeof buffer)) > 0;)
                got.append(buffer, n);
        });
        writeExample(QStringLiteral("/dev/fd/%1").arg(ends[1]), 20000);
        ::close(ends[1]);
        other.join();
        ::close(ends[0]);
        QCOMPARE(got.size(), contents(path()).size());
        QVERIFY(got == contents(path()));
    }

    void takesNoMemoryForMillionsOfEvents()
    {
        QString error;
        const auto writer = RecordingWriter::create(path(), &error);
        const auto fill = [&] {
            for (quint64 i = 0; i < 1000000; ++i)
                writer->append(numbered(i));
        };
        fill();
        const qint64 anonymous = anonymousMemory();
        const qint64 resident = residentMemory();
        fill();
        fill();
#if !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__) // they keep notes about the memory written to
        QVERIFY2(anonymousMemory() - anonymous < 2 * 1024 * 1024, qPrintable(QString::number(anonymousMemory() - anonymous)));
        QVERIFY2(residentMemory() - resident < 16 * 1024 * 1024, qPrintable(QString::number(residentMemory() - resident)));
#else
        qInfo("%lld %lld", anonymousMemory() - anonymous, residentMemory() - resident);
#endif
        QCOMPARE(writer->eventCount(), 3000000U);
        writer->finish();
        QVERIFY(!writer->failed());
        QCOMPARE(QFile(path()).size(), 32 * 3000001LL);
        QVERIFY(QFile::remove(path()));
    }

    void keepsNothingIfAskedTo()
    {
        const auto writer = RecordingWriter::toNowhere();
        QVERIFY(!writer->keepsEvents());
        writer->defineMetadata({});
        QCOMPARE(writer->defineSource(exampleSource()), 1U);
        QCOMPARE(writer->nextSite(), 7U);
        for (quint64 i = 0; i < 10; ++i)
            writer->append(numbered(i));
        QCOMPARE(writer->eventCount(), 10U);
        QVERIFY(!writer->failed());
    }
};

QTEST_GUILESS_MAIN(RecordingTest)
#include "RecordingTest.moc"
