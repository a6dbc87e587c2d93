// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/TailCalls.h"

namespace loopscope {

namespace {

using Type = QV4::Moth::Instr::Type;

// V4's interpreter reads: [0 | 1] opcode operands. A leading 0 is skipped, a leading 1 adds 0x100 to the opcode. Even opcodes have operands
// of one byte, odd ones of four.
constexpr int operandCounts[] = {FOR_EACH_MOTH_INSTR_ALL(MOTH_COLLECT_NARGS)};
constexpr int highOpcodes = 0x100;

static_assert(static_cast<int>(Type::TailCall) >= highOpcodes && static_cast<int>(Type::CallWithReceiver) < highOpcodes,
    "both calls must take the same space, with a leading byte");
static_assert(operandCounts[static_cast<int>(Type::TailCall)] == operandCounts[static_cast<int>(Type::CallWithReceiver)],
    "both calls must take function, this, argument count and arguments");

void removeTailCalls(char *code, const char *end)
{
    while (code < end) {
        char *start = code;
        int opcode = static_cast<uchar>(*code++);
        if (opcode <= 1)
            opcode = opcode * highOpcodes + static_cast<uchar>(*code++);
        if (opcode == static_cast<int>(Type::TailCall) || opcode == static_cast<int>(Type::TailCall_Wide)) {
            start[0] = 0;
            start[1] = static_cast<char>(static_cast<int>(Type::CallWithReceiver) + (opcode & 1));
        }
        code += operandCounts[opcode] * ((opcode & 1) != 0 ? 4 : 1);
    }
}

} // namespace

void removeTailCalls(QV4::ExecutableCompilationUnit &unit)
{
    for (const QV4::Function *function : unit.runtimeFunctions) {
        if (function->isStrict()) {
            char *code = const_cast<char *>(function->codeData);
            removeTailCalls(code, code + function->compiledFunction->codeSize);
        }
    }
}

} // namespace loopscope
