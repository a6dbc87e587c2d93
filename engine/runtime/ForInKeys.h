// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace QV4 {
namespace Heap {

#define LoopscopeKeysMembers(class, Member)                                                                                                \
    Member(class, Pointer, Object *, object) /* whose properties are gone through */                                                       \
        Member(class, Pointer, InternalClass *, shape) /* its class when the loop began */                                                 \
        Member(class, Pointer, ArrayObject *, keys) /* from the second step on */

DECLARE_HEAP_OBJECT(LoopscopeKeys, Object)
{
    DECLARE_MARKOBJECTS(LoopscopeKeys)
    uint elements; ///< of the object when the loop began
    uint index; ///< of the next step
    void init()
    {
        Object::init();
        elements = index = 0;
    }
};

} // namespace Heap

struct LoopscopeKeys : Object
{
    V4_OBJECT2(LoopscopeKeys, Object)
};

} // namespace QV4

namespace loopscope {

/// forIn(object): an iterator over what `for (key in object)` goes through, for the loop over values that the compiler makes of it.
///
/// V4's own goes by places in the object, and so visits properties that are added meanwhile (for ever, if each step adds one), and loses
/// its way where deletion closes gaps. As in V8, keys are those of the beginning, less what is gone when its turn comes.
void defineForInKeys(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
