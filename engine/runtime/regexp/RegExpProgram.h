// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/regexp/RegExpSyntax.h"

#include <QString>
#include <QStringList>
#include <QStringView>

#include <memory>
#include <vector>

namespace loopscope {

/// One step of a compiled pattern. What `a` and `b` mean is told beside the operation.
struct RegExpInstruction
{
    enum Operation : quint8 {
        Character, ///< a: code point or unit, canonical under the i flag
        Set, ///< a: index of a matcher
        LineStart,
        LineEnd,
        WordBoundary,
        NotWordBoundary,
        Save, ///< a: slot
        Jump, ///< a: target
        Split, ///< a: tried first, b: tried next
        BackReference, ///< a: group
        Look, ///< a: first instruction after it, b: 1 if negative
        LookEnd,
        RepeatSingle, ///< a: index into repeats; the next instruction is Character or Set
        LoopStart, ///< a: index into repeats
        LoopCheck, ///< a: index into repeats
        LoopBegin, ///< a: index into repeats; first of the body
        LoopEnd, ///< a: index into repeats, b: its LoopCheck
        Match
    };
    Operation operation;
    bool backward = false; ///< Character, Set, BackReference, RepeatSingle: the subject is read to the left
    quint32 a = 0;
    quint32 b = 0;
};

struct RegExpRepeat
{
    int minimum;
    int maximum;
    bool isGreedy;
    int firstGroup; ///< groups that every round forgets
    int lastGroup;
    quint32 counterSlot = 0; ///< loops: number of rounds begun; the next slot holds where the last one began
    quint32 body = 0; ///< loops: first instruction of the body
    quint32 exit = 0; ///< loops: first instruction after it
};

/// A compiled pattern of ECMAScript 2023 (with the v flag of 2024). Immutable once made: any number of matches may use it at once.
class RegExpProgram
{
public:
    /// The program of a pattern; null and `error` in V8's words ("Unterminated group") if it is wrong.
    static std::shared_ptr<const RegExpProgram> compile(const QString &source, const QString &flags, QString *error);

    enum class Outcome : quint8 { Found, NotFound, OutOfMemory };
    /// Searches from `start` (code units) on, or only there with the y flag. `captures` gets two offsets a group, -1 for none; the first
    /// pair is the whole match.
    Outcome exec(QStringView subject, qsizetype start, std::vector<int> *captures) const;

    const QString &source() const { return m_source; }
    const RegExpFlags &flags() const { return m_flags; }
    int groupCount() const { return m_groupCount; }
    /// By group number minus 1; empty for groups without a name.
    const QStringList &groupNames() const { return m_groupNames; }

private:
    friend class RegExpGenerator;
    friend class RegExpMatcher;

    QString m_source;
    RegExpFlags m_flags;
    int m_groupCount = 0;
    QStringList m_groupNames;
    std::vector<RegExpInstruction> m_code;
    std::vector<RegExpRepeat> m_repeats;
    std::vector<CharacterMatcher> m_matchers;
    CharacterMatcher m_wordMatcher;
    quint32 m_slotCount = 0;
};

} // namespace loopscope
