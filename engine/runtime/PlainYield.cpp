// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/PlainYield.h"

#include "runtime/ByteCode.h"

namespace loopscope {

using namespace QV4;

namespace {

static_assert(
    static_cast<int>(bytecode::Type::Yield) < bytecode::highOpcodes && static_cast<int>(bytecode::Type::YieldStar) < bytecode::highOpcodes,
    "both are one byte");

void replaceYields(const CompiledData::Function &function)
{
    bytecode::forEachInstruction(function, [](int opcode, char *start) {
        if (opcode == static_cast<int>(bytecode::Type::Yield))
            *start = static_cast<char>(bytecode::Type::YieldStar);
    });
}

Heap::GeneratorObject *heapOf(const Value &generator)
{
    auto *heap = generator.isManaged() ? generator.heapObject() : nullptr;
    const bool isGenerator = heap && heap->internalClass->vtable->type == Managed::Type_GeneratorObject;
    return isGenerator ? static_cast<Heap::GeneratorObject *>(heap) : nullptr;
}

} // namespace

bool PlainYield::apply(const Value &generator)
{
    Heap::GeneratorObject *heap = heapOf(generator);
    if (!heap)
        return false;
    const Function *function = heap->cppFrame.v4Function;
    const CompiledData::Function *compiled = function->compiledFunction;
    const auto known = m_known.constFind(compiled);
    if (known != m_known.constEnd())
        return *known;
    const bool isWritable = (function->executableCompilationUnit()->unitData()->flags & CompiledData::Unit::StaticData) == 0;
    if (isWritable)
        replaceYields(*compiled);
    m_known.insert(compiled, isWritable);
    return isWritable;
}

bool PlainYield::gaveValue(const Value &generator) { return heapOf(generator)->cppFrame.yieldIsIterator(); }

} // namespace loopscope
