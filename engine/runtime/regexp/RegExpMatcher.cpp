// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/regexp/RegExpMatcher.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr size_t largestStack = 32 * 1024 * 1024; // entries; V8 too gives up at a fixed size

bool isLineTerminator(char16_t unit) { return unit == u'\n' || unit == u'\r' || unit == 0x2028 || unit == 0x2029; }

} // namespace

RegExpMatcher::RegExpMatcher(const RegExpProgram &program, QStringView subject)
    : m_program(program)
    , m_subject(subject.utf16())
    , m_length(static_cast<int>(subject.size()))
    , m_unicode(program.m_flags.isUnicode())
    , m_ignoreCase(program.m_flags.ignoreCase)
{
    m_slots.resize(program.m_slotCount);
}

RegExpProgram::Outcome RegExpMatcher::matchAt(qsizetype position, std::vector<int> *captures)
{
    std::fill(m_slots.begin(), m_slots.end(), -1);
    m_stack.clear();
    const int start = static_cast<int>(position);
    if (!run(0, start))
        return m_outOfMemory ? RegExpProgram::Outcome::OutOfMemory : RegExpProgram::Outcome::NotFound;
    m_slots[0] = start;
    captures->assign(m_slots.begin(), m_slots.begin() + (m_program.m_groupCount + 1) * 2);
    return RegExpProgram::Outcome::Found;
}

bool RegExpMatcher::push(const Entry &entry)
{
    if (m_stack.size() >= largestStack) {
        m_outOfMemory = true;
        return false;
    }
    m_stack.push_back(entry);
    return true;
}

void RegExpMatcher::setSlot(quint32 slot, int value)
{
    push({Entry::Restore, slot, m_slots[slot], 0});
    m_slots[slot] = value;
}

bool RegExpMatcher::read(int *position, bool backward, char32_t *character) const
{
    if (backward) {
        if (*position == 0)
            return false;
        const char16_t unit = m_subject[--*position];
        *character = unit;
        if (m_unicode && QChar::isLowSurrogate(unit) && *position > 0 && QChar::isHighSurrogate(m_subject[*position - 1]))
            *character = QChar::surrogateToUcs4(m_subject[--*position], unit);
        return true;
    }
    if (*position >= m_length)
        return false;
    const char16_t unit = m_subject[(*position)++];
    *character = unit;
    if (m_unicode && QChar::isHighSurrogate(unit) && *position < m_length && QChar::isLowSurrogate(m_subject[*position]))
        *character = QChar::surrogateToUcs4(unit, m_subject[(*position)++]);
    return true;
}

bool RegExpMatcher::matchesSingle(const RegExpInstruction &instruction, int *position) const
{
    char32_t character = 0;
    if (!read(position, instruction.backward, &character))
        return false;
    if (m_ignoreCase)
        character = CaseFolding::canonical(character, m_unicode);
    if (instruction.operation == RegExpInstruction::Character)
        return character == instruction.a;
    return m_program.m_matchers[instruction.a].matches(character);
}

/// Takes as many (greedy) or as few (lazy) characters as allowed, and leaves an entry for the other counts.
bool RegExpMatcher::repeatSingle(quint32 index, int *position)
{
    const RegExpInstruction &instruction = m_program.m_code[index];
    const RegExpInstruction &single = m_program.m_code[index + 1];
    const RegExpRepeat &repeat = m_program.m_repeats[instruction.a];
    int count = 0;
    for (; count < repeat.minimum; ++count) {
        if (!matchesSingle(single, position))
            return false;
    }
    if (!repeat.isGreedy)
        return repeat.maximum == count || push({Entry::Longer, index, *position, repeat.maximum - count});
    const int shortest = *position;
    for (; count < repeat.maximum; ++count) {
        int next = *position;
        if (!matchesSingle(single, &next))
            break;
        *position = next;
    }
    return *position == shortest || push({Entry::Shorter, index, *position, shortest});
}

bool RegExpMatcher::backReference(const RegExpInstruction &instruction, int *position) const
{
    const int start = m_slots[instruction.a * 2];
    const int end = m_slots[instruction.a * 2 + 1];
    if (start < 0 || end < 0)
        return true; // a group that took no part matches nothing
    int from = instruction.backward ? end : start;
    while (instruction.backward ? from > start : from < end) {
        char32_t expected = 0;
        char32_t found = 0;
        read(&from, instruction.backward, &expected);
        if (!read(position, instruction.backward, &found))
            return false;
        if (expected != found && !(m_ignoreCase && CaseFolding::canonical(expected, m_unicode) == CaseFolding::canonical(found, m_unicode)))
            return false;
    }
    return true;
}

bool RegExpMatcher::isWordBoundary(int position) const
{
    const bool before = position > 0 && m_program.m_wordMatcher.matches(m_subject[position - 1]);
    const bool after = position < m_length && m_program.m_wordMatcher.matches(m_subject[position]);
    return before != after;
}

bool RegExpMatcher::isLineStart(int position) const
{
    return position == 0 || (m_program.m_flags.multiline && isLineTerminator(m_subject[position - 1]));
}

bool RegExpMatcher::isLineEnd(int position) const
{
    return position == m_length || (m_program.m_flags.multiline && isLineTerminator(m_subject[position]));
}

/// Runs the inside of a look-around. Its choices are forgotten once it is decided; what a positive one captured stays, and can be undone.
bool RegExpMatcher::look(quint32 index, int position)
{
    const bool isNegative = m_program.m_code[index].b != 0;
    const std::vector<int> before = m_slots;
    const size_t height = m_stack.size();
    const bool found = run(index + 1, position);
    m_stack.resize(std::min(height, m_stack.size()));
    if (found && !isNegative) {
        std::vector<int> after = before;
        after.swap(m_slots);
        for (quint32 slot = 0; slot < after.size(); ++slot) {
            if (after[slot] != m_slots[slot])
                setSlot(slot, after[slot]);
        }
    } else {
        m_slots = before;
    }
    return found != isNegative;
}

quint32 RegExpMatcher::checkLoop(const RegExpRepeat &repeat, int position)
{
    const int count = m_slots[repeat.counterSlot];
    if (count >= repeat.maximum)
        return repeat.exit;
    if (count >= repeat.minimum) {
        if (!repeat.isGreedy) {
            push({Entry::Choice, repeat.body, position, 0});
            return repeat.exit;
        }
        push({Entry::Choice, repeat.exit, position, 0});
    }
    return repeat.body;
}

/// Counts a round of a loop and forgets what the last one captured.
void RegExpMatcher::beginRound(const RegExpRepeat &repeat, int position)
{
    setSlot(repeat.counterSlot, m_slots[repeat.counterSlot] + 1);
    setSlot(repeat.counterSlot + 1, position);
    for (int slot = repeat.firstGroup * 2; slot < repeat.lastGroup * 2; ++slot) {
        if (m_slots[static_cast<size_t>(slot)] != -1)
            setSlot(static_cast<quint32>(slot), -1);
    }
}

/// Goes back to the newest entry above `floor`; false if there is none.
bool RegExpMatcher::backtrack(size_t floor, quint32 *instruction, int *position)
{
    while (m_stack.size() > floor) {
        Entry &entry = m_stack.back();
        switch (entry.kind) {
        case Entry::Restore:
            m_slots[entry.index] = entry.value;
            m_stack.pop_back();
            continue;
        case Entry::Choice:
            *instruction = entry.index;
            *position = entry.value;
            m_stack.pop_back();
            return true;
        case Entry::Shorter: {
            const RegExpInstruction &repeat = m_program.m_code[entry.index];
            char32_t ignored = 0;
            read(&entry.value, !repeat.backward, &ignored);
            *instruction = entry.index + 2;
            *position = entry.value;
            if (entry.value == entry.limit)
                m_stack.pop_back();
            return true;
        }
        case Entry::Longer: {
            *instruction = entry.index + 2;
            int next = entry.value;
            if (!matchesSingle(m_program.m_code[entry.index + 1], &next)) {
                m_stack.pop_back();
                continue;
            }
            *position = entry.value = next;
            if (--entry.limit == 0)
                m_stack.pop_back();
            return true;
        }
        }
    }
    return false;
}

bool RegExpMatcher::run(quint32 next, int position)
{
    const size_t floor = m_stack.size();
    for (;;) {
        const quint32 current = next++;
        const RegExpInstruction &instruction = m_program.m_code[current];
        bool goesOn = true;
        switch (instruction.operation) {
        case RegExpInstruction::Character:
        case RegExpInstruction::Set:
            goesOn = matchesSingle(instruction, &position);
            break;
        case RegExpInstruction::LineStart:
            goesOn = isLineStart(position);
            break;
        case RegExpInstruction::LineEnd:
            goesOn = isLineEnd(position);
            break;
        case RegExpInstruction::WordBoundary:
            goesOn = isWordBoundary(position);
            break;
        case RegExpInstruction::NotWordBoundary:
            goesOn = !isWordBoundary(position);
            break;
        case RegExpInstruction::Save:
            setSlot(instruction.a, position);
            break;
        case RegExpInstruction::Jump:
            next = instruction.a;
            break;
        case RegExpInstruction::Split:
            goesOn = push({Entry::Choice, instruction.b, position, 0});
            next = instruction.a;
            break;
        case RegExpInstruction::BackReference:
            goesOn = backReference(instruction, &position);
            break;
        case RegExpInstruction::Look:
            goesOn = look(current, position);
            next = instruction.a;
            break;
        case RegExpInstruction::RepeatSingle:
            goesOn = repeatSingle(current, &position);
            next = current + 2;
            break;
        case RegExpInstruction::LoopStart:
            setSlot(m_program.m_repeats[instruction.a].counterSlot, 0);
            break;
        case RegExpInstruction::LoopCheck:
            next = checkLoop(m_program.m_repeats[instruction.a], position);
            break;
        case RegExpInstruction::LoopBegin:
            beginRound(m_program.m_repeats[instruction.a], position);
            break;
        case RegExpInstruction::LoopEnd: {
            const RegExpRepeat &repeat = m_program.m_repeats[instruction.a];
            // A round that took nothing and was not asked for would go on for ever.
            goesOn = position != m_slots[repeat.counterSlot + 1] || m_slots[repeat.counterSlot] <= repeat.minimum;
            next = instruction.b;
            break;
        }
        case RegExpInstruction::LookEnd:
            return true;
        case RegExpInstruction::Match:
            m_slots[1] = position;
            return true;
        }
        if (m_outOfMemory)
            return false;
        if (!goesOn && !backtrack(floor, &next, &position))
            return false;
    }
}

} // namespace loopscope
