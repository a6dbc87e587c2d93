// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/PlainYield.h"

namespace loopscope {

using namespace QV4;

namespace {

using Moth::Instr;

/// Walks over the instructions of a function, and replaces Yield by YieldStar.
class Replacer : public Moth::ByteCodeHandler
{
public:
    void run(char *code, uint length)
    {
        m_code = code;
        decode(code, length);
    }

private:
    Verdict startInstruction(Instr::Type type) override
    {
        if (type == Instr::Type::Yield)
            Instr::pack(reinterpret_cast<uchar *>(m_code) + currentInstructionOffset(), Instr::Type::YieldStar);
        return SkipInstruction;
    }
    void endInstruction(Instr::Type) override { }

// Nothing to do for any of them, but the base class wants them all.
#define LOOPSCOPE_SKIP_INSTRUCTION(name, nargs, ...)                                                                                       \
    void generate_##name(BYTECODE_HANDLER_DEFINE_ARGS(nargs, __VA_ARGS__)) override { }
#define LOOPSCOPE_SKIP_EACH(instruction) INSTR_##instruction(LOOPSCOPE_SKIP)
    FOR_EACH_MOTH_INSTR(LOOPSCOPE_SKIP_EACH)
#undef LOOPSCOPE_SKIP_EACH
#undef LOOPSCOPE_SKIP_INSTRUCTION

    char *m_code = nullptr;
};

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
        Replacer().run(const_cast<char *>(compiled->code()), compiled->codeSize);
    m_known.insert(compiled, isWritable);
    return isWritable;
}

bool PlainYield::gaveValue(const Value &generator) { return heapOf(generator)->cppFrame.yieldIsIterator(); }

} // namespace loopscope
