// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QStringView>

namespace loopscope {

/// True for what may be a method or a field's name: a token of RFC 9110, 5.6.2.
bool isHttpToken(QStringView text);

/// True for what may be a field's value: tabs and visible characters of Latin-1 (RFC 9110, 5.5).
bool isHttpFieldValue(QStringView text);

/// What Node does with a field that comes again.
enum class RepeatedField : quint8 {
    Join, ///< "a, b"
    JoinCookies, ///< "a; b"
    List, ///< an array of all: set-cookie
    KeepFirst ///< what comes again is dropped
};

/// `name` in lower case. As the documentation of message.headers lists them.
RepeatedField repeatedField(QByteArrayView name);

} // namespace loopscope
