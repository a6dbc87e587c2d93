// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/regexp/CharacterSet.h"

#include <QString>
#include <QStringList>

#include <limits>
#include <memory>
#include <vector>

namespace loopscope {

struct RegExpFlags
{
    bool hasIndices = false; ///< d
    bool global = false; ///< g
    bool ignoreCase = false; ///< i
    bool multiline = false; ///< m
    bool dotAll = false; ///< s
    bool unicode = false; ///< u
    bool unicodeSets = false; ///< v
    bool sticky = false; ///< y
    /// u or v: the pattern is made of code points and has no leniencies.
    bool isUnicode() const { return unicode || unicodeSets; }
    /// False if a letter is unknown or comes twice.
    bool parse(const QString &letters);
};

/// A node of a pattern's syntax tree.
struct RegExpNode
{
    enum Kind : quint8 {
        Empty,
        Sequence,
        Alternatives,
        Character,
        Set,
        LineStart,
        LineEnd,
        WordBoundary,
        NotWordBoundary,
        Group, ///< captures
        Look, ///< ahead or behind
        Repeat,
        BackReference,
        NamedReference
    };
    static constexpr int Unlimited = std::numeric_limits<int>::max();

    explicit RegExpNode(Kind nodeKind)
        : kind(nodeKind)
    {
    }

    Kind kind;
    std::vector<std::unique_ptr<RegExpNode>> children;
    char32_t character = 0; ///< Character
    CharacterSet set; ///< Set
    bool isInverted = false; ///< Set
    bool isNegative = false; ///< Look
    bool isBehind = false; ///< Look
    bool isGreedy = true; ///< Repeat
    int minimum = 0; ///< Repeat
    int maximum = 0; ///< Repeat
    int group = 0; ///< Group, BackReference: from 1
    int firstGroup = 0; ///< Repeat: groups firstGroup..lastGroup-1 lie inside
    int lastGroup = 0;
    QString name; ///< NamedReference
};

struct RegExpSyntax
{
    std::unique_ptr<RegExpNode> root;
    RegExpFlags flags;
    int groupCount = 0; ///< without the whole match
    QStringList groupNames; ///< by group number minus 1; empty for groups without a name
    QString error; ///< in V8's words; empty if the pattern is right
};

/// Reads a pattern by ECMAScript's grammar, with the leniencies of its annex B unless the u or v flag is set.
RegExpSyntax parseRegExp(const QString &source, const RegExpFlags &flags);

} // namespace loopscope
