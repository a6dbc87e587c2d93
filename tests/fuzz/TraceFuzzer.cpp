// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// For libFuzzer: reads the bytes as a trace of another program (the preset `fuzz`; docs/exchange.md says how to run it).
#include "exchange/TraceImport.h"

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

using namespace loopscope;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const int file = ::memfd_create("trace", 0);
    if (::ftruncate(file, 0) != 0 || ::pwrite(file, data, size, 0) != static_cast<ssize_t>(size))
        std::abort();
    const std::unique_ptr<RecordingWriter> writer = RecordingWriter::toNowhere();
    TraceImport import;
    QString error;
    if (!import.toRecording(QStringLiteral("/proc/self/fd/%1").arg(file), *writer, &error) && error.isEmpty())
        std::abort(); // whatever is refused is told why
    return 0;
}
