// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/regexp/RegExpProgram.h"

#include <QStringView>

#include <vector>

namespace loopscope {

/// Backtracking over one subject. Choices not yet taken and values to bring back lie on a stack of its own, so no pattern can overflow the
/// thread's; only look-arounds recurse, as deep as they are nested.
class RegExpMatcher
{
public:
    RegExpMatcher(const RegExpProgram &program, QStringView subject);

    RegExpProgram::Outcome matchAt(qsizetype position, std::vector<int> *captures);

private:
    /// What failing goes back to.
    struct Entry
    {
        enum Kind : quint8 {
            Choice, ///< go on at instruction `index` and `value`
            Restore, ///< slot `index` had `value`
            Shorter, ///< a greedy RepeatSingle at `index` ended at `value` and may give back as far as `limit`
            Longer ///< a lazy RepeatSingle at `index` ended at `value` and may take `limit` more
        };
        Kind kind;
        quint32 index;
        int value;
        int limit;
    };

    bool run(quint32 instruction, int position);
    bool backtrack(size_t floor, quint32 *instruction, int *position);
    bool read(int *position, bool backward, char32_t *character) const;
    bool matchesSingle(const RegExpInstruction &instruction, int *position) const;
    bool repeatSingle(quint32 index, int *position);
    bool backReference(const RegExpInstruction &instruction, int *position) const;
    bool look(quint32 index, int position);
    bool isWordBoundary(int position) const;
    bool isLineStart(int position) const;
    bool isLineEnd(int position) const;
    void setSlot(quint32 slot, int value);
    /// Decides at the head of a loop; gives the instruction to go on at.
    quint32 checkLoop(const RegExpRepeat &repeat, int position);
    void beginRound(const RegExpRepeat &repeat, int position);
    bool push(const Entry &entry);

    const RegExpProgram &m_program;
    const char16_t *m_subject;
    int m_length;
    bool m_unicode;
    bool m_ignoreCase;
    bool m_outOfMemory = false;
    std::vector<int> m_slots;
    std::vector<Entry> m_stack;
};

} // namespace loopscope
