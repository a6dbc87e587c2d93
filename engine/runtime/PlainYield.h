// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

#include <QHash>

namespace loopscope {

/// Has the generators behind async functions yield their values as they are.
///
/// V4's `yield` wraps every value in a {value, done} object, made with two new strings each time: half of what an await costs. Its byte
/// code has a second instruction, used for `yield*`, that differs in nothing else than that it hands the value on. In the generator
/// function of a lowered async function every yield is an await, and only Promises::step looks at what it gives: so there the one
/// instruction is put in the place of the other (docs/decisions/lowering.md).
class PlainYield
{
public:
    /// For a generator that has not started yet. False if its code cannot be changed (it was compiled ahead): it yields objects.
    bool apply(const QV4::Value &generator);
    /// Whether what a generator gave when it was continued is a value it yielded, rather than an object that tells of its end.
    static bool gaveValue(const QV4::Value &generator);

private:
    QHash<const QV4::CompiledData::Function *, bool> m_known;
};

} // namespace loopscope
