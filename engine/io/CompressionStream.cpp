// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/CompressionStream.h"

namespace loopscope {

void CompressionStream::setInput(const QByteArray &input)
{
    m_input = input;
    m_consumed = 0;
}

IoResult CompressionStream::write(int flush, qsizetype outputSize)
{
    QByteArray output(outputSize, Qt::Uninitialized);
    Buffers buffers;
    buffers.input = reinterpret_cast<const unsigned char *>(m_input.constData()) + m_consumed;
    buffers.inputLeft = static_cast<std::size_t>(m_input.size() - m_consumed);
    buffers.output = reinterpret_cast<unsigned char *>(output.data());
    buffers.outputLeft = static_cast<std::size_t>(outputSize);
    const std::size_t before = buffers.inputLeft;
    IoError error = process(buffers, flush);
    if (error.isError())
        return {error, {}};
    const std::size_t consumed = before - buffers.inputLeft;
    m_consumed += static_cast<qsizetype>(consumed);
    output.truncate(outputSize - static_cast<qsizetype>(buffers.outputLeft));
    return {{}, {std::vector<IoValue>{{output}, {static_cast<double>(consumed)}}}};
}

} // namespace loopscope
