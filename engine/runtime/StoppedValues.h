// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "control/ControlGate.h"
#include "runtime/Core.h"

#include <QStringList>

namespace loopscope {

/// The variables that a statement sees: those whose values its mark was given, and those of the functions around, which V4 keeps by name
/// because inner functions use them. Lives on the stack, while the mark is called.
class StoppedValues : public StatementValues
{
public:
    /// `names` and `arguments` belong together; `frame` is the statement's.
    StoppedValues(Core &core, const QV4::CppStackFrame *frame, const QStringList &names, const QV4::Value *arguments, int count);

    std::vector<Value> describe() override;
    bool holds(const QString &condition, QString *problem) override;

private:
    void add(const QString &name, const QV4::Value &value);
    void addContexts(const QV4::CppStackFrame *frame);

    Core &m_core;
    QV4::Scope m_scope; ///< keeps the values alive
    QStringList m_names;
    QV4::Value *m_values; ///< in the order of the names
};

} // namespace loopscope
