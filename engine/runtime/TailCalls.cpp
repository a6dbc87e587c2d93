// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/TailCalls.h"

#include "runtime/ByteCode.h"

namespace loopscope {

using bytecode::Type;

static_assert(static_cast<int>(Type::TailCall) >= bytecode::highOpcodes && static_cast<int>(Type::CallWithReceiver) < bytecode::highOpcodes,
    "both calls must take the same space, with a leading byte");
static_assert(
    bytecode::operandCounts[static_cast<int>(Type::TailCall)] == bytecode::operandCounts[static_cast<int>(Type::CallWithReceiver)],
    "both calls must take function, this, argument count and arguments");

void removeTailCalls(QV4::ExecutableCompilationUnit &unit)
{
    const auto replace = [](int opcode, char *start) {
        if (opcode == static_cast<int>(Type::TailCall) || opcode == static_cast<int>(Type::TailCall_Wide)) {
            start[0] = 0;
            start[1] = static_cast<char>(static_cast<int>(Type::CallWithReceiver) + (opcode & 1));
        }
    };
    for (const QV4::Function *function : unit.runtimeFunctions) {
        if (function->isStrict())
            bytecode::forEachInstruction(*function->compiledFunction, replace);
    }
}

} // namespace loopscope
