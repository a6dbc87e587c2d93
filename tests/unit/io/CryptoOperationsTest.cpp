// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/CryptoOperations.h"
#include "io/CompressionOperations.h"
#include "io/PosixFileSystem.h"
#include "io/RandomSource.h"
#include "io/SimulatedIo.h"
#include "io/WorkTime.h"

#include <QTest>

#include <thread>

using namespace loopscope;

namespace {

IoOperation pbkdf2(double iterations)
{
    return {QStringLiteral("pbkdf2"), {{QStringLiteral("sha1")}, {QByteArray("password")}, {QByteArray("salt")}, {iterations}, {20.0}},
        IoKind::Crypto, {}};
}

QByteArray bytesOf(const IoResult &result) { return std::get<QByteArray>(result.value.value); }

QByteArray randomBytes(std::optional<quint64> seed, double count)
{
    const RandomSource source(seed);
    return bytesOf(CryptoOperations::perform({QStringLiteral("randomBytes"), {{count}}, IoKind::Crypto, {}}));
}

} // namespace

class CryptoOperationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownVector();
    void randomBytesComeFromTheSeed();
    void otherThreadsKeepTheirSource();
    void anyThreadMayPerform();
    void errorsAreOpenSslsWords();
    void workGrowsWithIterations();
    void fifthCalculationWaits();
    void compressionIsFoundByNumber();
};

// RFC 6070, the second vector
void CryptoOperationsTest::knownVector()
{
    QCOMPARE(bytesOf(CryptoOperations::perform(pbkdf2(2))).toHex(), QByteArray("ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"));
}

void CryptoOperationsTest::randomBytesComeFromTheSeed()
{
    QCOMPARE(randomBytes(7, 100), randomBytes(7, 100));
    QVERIFY(randomBytes(7, 100) != randomBytes(8, 100));
    QVERIFY(randomBytes({}, 100) != randomBytes({}, 100));
}

void CryptoOperationsTest::otherThreadsKeepTheirSource()
{
    const RandomSource seeded(7);
    QByteArray first;
    QByteArray second;
    const auto draw = [](QByteArray *bytes) {
        *bytes = bytesOf(CryptoOperations::perform({QStringLiteral("randomBytes"), {{32.0}}, IoKind::Crypto, {}}));
    };
    std::thread(draw, &first).join();
    std::thread(draw, &second).join();
    QVERIFY(first != second);
}

void CryptoOperationsTest::anyThreadMayPerform()
{
    const QByteArray expected = bytesOf(CryptoOperations::perform(pbkdf2(500)));
    std::array<QByteArray, 4> results;
    std::array<std::thread, 4> threads;
    for (std::size_t i = 0; i < threads.size(); ++i)
        threads.at(i) = std::thread([&results, i] { results.at(i) = bytesOf(CryptoOperations::perform(pbkdf2(500))); });
    for (std::thread &thread : threads)
        thread.join();
    for (const QByteArray &result : results)
        QCOMPARE(result, expected);
}

void CryptoOperationsTest::errorsAreOpenSslsWords()
{
    const IoResult result = CryptoOperations::perform({QStringLiteral("scrypt"),
        {{QByteArray("p")}, {QByteArray("s")}, {16.0}, {1048576.0}, {8.0}, {1.0}, {1024.0}}, IoKind::Crypto, {}});
    QCOMPARE(result.error.code, QStringLiteral("ERR_OSSL_EVP_MEMORY_LIMIT_EXCEEDED"));
    QVERIFY(result.error.message().endsWith(QLatin1String(":memory limit exceeded")));
}

void CryptoOperationsTest::workGrowsWithIterations()
{
    QCOMPARE(workTime(pbkdf2(1000), {}), 10 * workTime(pbkdf2(100), {}));
    QVERIFY(workTime(pbkdf2(100'000), {}) > 10'000'000);
}

void CryptoOperationsTest::fifthCalculationWaits()
{
    PosixFileSystem files;
    SimulatedIo io(files, 1, 4);
    for (SubjectId request = 1; request <= 5; ++request)
        io.submit(request, pbkdf2(10'000), 0);
    quint64 firstEnd = 0;
    quint64 fifthStart = 0;
    for (const IoTransition &transition : io.takeTransitions(1'000'000'000)) {
        if (transition.kind == IoTransition::Kind::Completed && firstEnd == 0)
            firstEnd = transition.time;
        if (transition.kind == IoTransition::Kind::Started && transition.request == 5)
            fifthStart = transition.time;
    }
    QVERIFY(firstEnd > 3'000'000);
    QVERIFY(fifthStart > firstEnd);
}

void CryptoOperationsTest::compressionIsFoundByNumber()
{
    CompressionOperations operations;
    const auto perform = [&operations](const char *name, std::vector<IoValue> arguments) {
        return operations.perform({QString::fromLatin1(name), std::move(arguments), IoKind::Compression, {}});
    };
    const double gzip = std::get<double>(perform("openZlib", {{3.0}, {6.0}, {15.0}, {8.0}, {0.0}}).value.value);
    const double gunzip = std::get<double>(perform("openZlib", {{4.0}, {6.0}, {0.0}, {8.0}, {0.0}}).value.value);
    const QByteArray text = QByteArray("text ").repeated(1000);
    const auto write = [&perform](double stream, double mode, const QByteArray &input) {
        const IoResult result = perform("compress", {{stream}, {mode}, {6.0}, {input}, {4.0}, {20'000.0}});
        return std::get<QByteArray>(std::get<std::vector<IoValue>>(result.value.value).at(0).value);
    };
    const QByteArray packed = write(gzip, 3, text);
    QVERIFY(packed.size() < 200);
    QCOMPARE(write(gunzip, 4, packed), text);
    QVERIFY(!perform("closeCompression", {{gzip}}).error.isError());
    QCOMPARE(perform("compress", {{gzip}, {3.0}, {6.0}, {text}, {4.0}, {100.0}}).error.code, QStringLiteral("Z_STREAM_ERROR"));
}

QTEST_GUILESS_MAIN(CryptoOperationsTest)
#include "CryptoOperationsTest.moc"
