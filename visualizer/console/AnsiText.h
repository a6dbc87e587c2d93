// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace loopscope {

/// A text as a terminal would show it: without its escape sequences, which become styles of stretches of it.
///
/// Understands "select graphic rendition" of ECMA-48 (CSI ... m) with the eight colours and their bright forms; other colours (256, RGB)
/// are left out, as nothing says that they can be read on the window's ground. All other control sequences are dropped.
struct AnsiText
{
    enum class Colour : quint8 { None, Black, Red, Green, Yellow, Blue, Magenta, Cyan, White };
    struct Style
    {
        Colour colour = Colour::None;
        bool isBold = false;
        bool isFaint = false;
        bool isItalic = false;
        bool isUnderlined = false;
        bool operator==(const Style &) const = default;
    };
    struct Stretch
    {
        qsizetype start = 0; ///< in `text`; it goes on to the next stretch
        Style style;
        bool operator==(const Stretch &) const = default;
    };

    QString text;
    std::vector<Stretch> stretches; ///< in order; empty if nothing is styled

    static AnsiText parse(const QString &written);
    /// Line number `line` of it, from 0, with what a terminal shows of it: tabs are filled up to columns of 8, and after a carriage return
    /// the line begins again.
    AnsiText line(int number) const;
    /// How many lines: one that ends with a line break has no empty line after it.
    static int lineCount(const QString &written);
};

} // namespace loopscope
