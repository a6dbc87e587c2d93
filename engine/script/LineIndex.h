// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace loopscope {

/// A place in a text as V8 counts: lines and columns from 1, columns in UTF-16 code units.
struct TextPlace
{
    quint32 line = 0;
    quint32 column = 0;
};

/// Translates between byte offsets of a UTF-8 text and lines and columns. Lines end where ECMAScript says: LF, CR, CRLF, U+2028, U+2029.
/// Keeps a reference to the text, which must outlive it.
class LineIndex
{
public:
    explicit LineIndex(const QByteArray &text);

    TextPlace place(quint32 offset) const;
    /// The byte offset of a place; places beyond a line's end give its end.
    quint32 offset(TextPlace place) const;
    quint32 lineCount() const { return static_cast<quint32>(m_starts.size()); }
    /// The line without its end; empty if there is no such line.
    QString line(quint32 number) const;

private:
    quint32 unitsBefore(quint32 offset) const;
    quint32 lineEnd(quint32 number) const;

    const QByteArray &m_text;
    std::vector<quint32> m_starts; ///< byte offset of each line
    std::vector<quint32> m_checkpoints; ///< UTF-16 units before every 256th byte; empty if the text is ASCII
};

/// UTF-16 code units that a piece of UTF-8 takes.
quint32 utf16Length(const char *begin, const char *end);

} // namespace loopscope
