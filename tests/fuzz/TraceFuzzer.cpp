// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// For libFuzzer: reads the bytes as a file of another program, or, if they are no JSON, as what `loopscope node`'s preload tells (the
// preset `fuzz`; docs/exchange.md says how to run it).
#include "exchange/TraceImport.h"
#include "exchange/node/NodeTraceReader.h"
#include "exchange/node/NodeTranslator.h"

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

using namespace loopscope;

namespace {

/// Whatever is refused is told why.
void check(bool isRead, const QString &problem)
{
    if (!isRead && problem.isEmpty())
        std::abort();
}

void readFile(QByteArrayView bytes)
{
    static const int file = ::memfd_create("trace", 0);
    static const QString path = QStringLiteral("/proc/self/fd/%1").arg(file);
    if (::ftruncate(file, 0) != 0 || ::pwrite(file, bytes.data(), static_cast<size_t>(bytes.size()), 0) != bytes.size())
        std::abort();
    const std::unique_ptr<RecordingWriter> writer = RecordingWriter::toNowhere();
    if (NodeTraceReader::isTrace(bytes.first(std::min<qsizetype>(bytes.size(), 4096)))) {
        NodeTraceReader reader;
        const bool isRead = reader.read(path, *writer);
        check(isRead, reader.problem());
    }
    TraceImport import;
    QString problem;
    const bool isRead = import.toRecording(path, *writer, &problem);
    check(isRead, problem);
}

void readStream(QByteArrayView bytes)
{
    const std::unique_ptr<RecordingWriter> writer = RecordingWriter::toNowhere();
    NodeSites sites(*writer, [](const QString &) { return nullptr; });
    NodeTranslator translator(*writer, sites, QJsonObject());
    NodeStreamDecoder decoder(translator);
    const qsizetype half = bytes.size() / 2; // pieces end anywhere
    const bool isRead = decoder.feed(bytes.first(half)) && decoder.feed(bytes.sliced(half));
    check(isRead, decoder.problem());
    translator.finish(RunEnding::Finished, 0);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    if (size > 0 && (data[0] == '{' || data[0] == '[' || data[0] == 0xef))
        readFile(bytes);
    else
        readStream(bytes);
    return 0;
}
