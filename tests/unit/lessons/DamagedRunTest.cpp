// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/MomentSearch.h"
#include "lessons/loader/PredictionTruth.h"
#include "lessons/loader/RunMeasures.h"

#include "../../support/Fuzzing.h"
#include "../analysis/RecordedScript.h"

#include <QElapsedTimer>

#include <cstring>

using namespace loopscope;

/// Whatever a recording holds: lessons measure what is there, and answer or say why not.
class DamagedRunTest : public QObject, private Fuzzing
{
    Q_OBJECT

public:
    DamagedRunTest()
        : Fuzzing(29)
    {
    }

private:
    void damage(QByteArray &bytes)
    {
        static constexpr quint64 telling[] = {0, 1, 0xff, 0x7fffffff, 0xffffffff, 0x7fffffffffffffff, 0xffffffffffffffff};
        for (quint64 changes = 1 + below(12); changes > 0; --changes) {
            const auto at = static_cast<qsizetype>(below(static_cast<quint64>(bytes.size()) - 40));
            const quint64 number = telling[below(std::size(telling))];
            switch (below(4)) {
            case 0:
                bytes[at] = static_cast<char>(below(256));
                break;
            case 1:
                std::memcpy(bytes.data() + at, &number, below(2) == 0 ? 4 : 8);
                break;
            case 2: // an event from elsewhere
                bytes.replace(
                    at / 32 * 32, 32, bytes.mid(static_cast<qsizetype>(below(static_cast<quint64>(bytes.size()) / 32 - 1)) * 32, 32));
                break;
            default: // the kind of another event
                bytes[at / 32 * 32 + 28] = static_cast<char>(below(121));
                break;
            }
        }
    }

    static void measureEverything(const RecordingReader &reader)
    {
        const RunMeasures measures(reader);
        for (const MeasureForm &form : MeasureForm::all()) {
            QStringList arguments;
            for (const MeasureArgument argument : form.arguments)
                arguments.append(MeasureForm::words(argument).value(0, QStringLiteral("*")));
            QCOMPARE(measures.measure(form.id, arguments).type, form.gives);
        }
    }

    static void askEverything(const RecordingReader &reader)
    {
        RecordingIndex index;
        index.update(reader);
        const EventText words(reader, index);
        const MomentSearch search(reader, words);
        for (const QString &event : MomentSearch::events()) {
            LessonQuestion question;
            question.at.event = event;
            question.at.name = QStringLiteral("*");
            question.queue = QStringLiteral("stack");
            question.items = QStringList{QStringLiteral("load"), QStringLiteral("tick")};
            question.choices = {{{}, {QStringLiteral("prints() > 1"), 1}, {}}, {{}, {QStringLiteral("prints() < 3"), 1}, {}}};
            if (const auto found = search.find(question.at))
                QVERIFY(*found < reader.eventCount());
            for (const LessonQuestion::Ask ask : {LessonQuestion::Ask::Order, LessonQuestion::Ask::Queue, LessonQuestion::Ask::Next}) {
                question.ask = ask;
                QList<LessonProblem> problems;
                const auto truth = PredictionTruth::find(question, reader, {}, problems);
                QVERIFY(truth.has_value() == problems.isEmpty() && (!truth || !truth->events.isEmpty()));
            }
        }
    }

private Q_SLOTS:
    void damagedRunsAreMeasured()
    {
        const RecordedScript recorded(R"(
const fs = require('fs');
async function load(n) { await new Promise((ok) => setTimeout(ok, n)); console.log('load', n); }
load(1); load(2); process.nextTick(function tick() { console.log('tick'); });
setImmediate(function imm() { fs.stat(__filename, function read() {}); });
Promise.reject(new Error('x')).catch(() => {});
const server = require('http').createServer((request, response) => response.end()).listen(8000, async () => {
  await (await fetch('http://localhost:8000')).text(); server.close(); server.closeAllConnections();
});
)");
        QFile file(recorded.path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.read(static_cast<qint64>(recorded.reader.bytes()));
        QElapsedTimer clock;
        const QString path = recorded.folder.filePath(QStringLiteral("damaged.lscope"));
        int opened = 0;
        for (int round = 0; round < rounds() / 4; ++round) {
            QByteArray bytes = whole;
            damage(bytes);
            QFile damaged(path);
            QVERIFY(damaged.open(QIODevice::WriteOnly));
            QCOMPARE(damaged.write(bytes), bytes.size());
            damaged.close();
            RecordingReader reader;
            if (!reader.open(path) || reader.eventCount() == 0)
                continue;
            ++opened;
            clock.start();
            measureEverything(reader);
            askEverything(reader);
            QVERIFY2(clock.elapsed() < 10'000, qPrintable(QStringLiteral("round %1 took %2 ms").arg(round).arg(clock.elapsed())));
        }
        QVERIFY(opened > 0);
    }
};

QTEST_GUILESS_MAIN(DamagedRunTest)
#include "DamagedRunTest.moc"
