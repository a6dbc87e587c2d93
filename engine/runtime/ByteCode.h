// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

#include <cstddef>

namespace loopscope::bytecode {

using Type = QV4::Moth::Instr::Type;

// V4's interpreter reads: [0 | 1] opcode operands. A leading 0 is skipped, a leading 1 adds 0x100 to the opcode. Even opcodes have operands
// of one byte, odd ones of four.
inline constexpr int operandCounts[] = {FOR_EACH_MOTH_INSTR_ALL(MOTH_COLLECT_NARGS)};
inline constexpr int highOpcodes = 0x100;

/// Calls `visit(opcode, start)` for every instruction of a function, which it may change in place, but not in length. The function must
/// have been compiled in this process: code that was compiled ahead cannot be written to.
template<typename Visitor>
void forEachInstruction(const QV4::CompiledData::Function &function, Visitor visit)
{
    char *code = const_cast<char *>(function.code());
    const char *end = code + function.codeSize;
    while (code < end) {
        char *start = code;
        int opcode = static_cast<uchar>(*code++);
        if (opcode <= 1)
            opcode = opcode * highOpcodes + static_cast<uchar>(*code++);
        code += std::ptrdiff_t{operandCounts[opcode]} * ((opcode & 1) != 0 ? 4 : 1);
        visit(opcode, start);
    }
}

} // namespace loopscope::bytecode
