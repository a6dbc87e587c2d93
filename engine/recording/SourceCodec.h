// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/SourceTable.h"

#include <QByteArrayView>

#include <memory>

namespace loopscope {

/// The bytes of a Source payload ("SourcePayload" in docs/recording-format.md).
QByteArray encodeSource(const SourceText &source);
/// Null if the bytes are no Source payload. Never takes more memory than a small multiple of the bytes.
std::unique_ptr<SourceText> decodeSource(QByteArrayView bytes);

} // namespace loopscope
