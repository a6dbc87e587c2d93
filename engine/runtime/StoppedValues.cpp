// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/StoppedValues.h"

#include "runtime/ReasonText.h"
#include "runtime/ValueText.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace loopscope {

using namespace QV4;

namespace {

constexpr int mostValues = 100;
constexpr auto patience = std::chrono::milliseconds(300); ///< for a condition

/// Interrupts an engine that evaluates for too long, from a thread of its own, which waits between two uses.
class Watchdog
{
public:
    static Watchdog &instance()
    {
        static Watchdog *const watchdog = new Watchdog; // its thread ends with the process
        return *watchdog;
    }
    void start(QJSEngine &engine)
    {
        const std::scoped_lock lock(m_mutex);
        m_engine = &engine;
        m_deadline = std::chrono::steady_clock::now() + patience;
        m_changed.notify_one();
    }
    /// True if it had to interrupt.
    bool stop()
    {
        const std::scoped_lock lock(m_mutex);
        const bool hasBitten = m_engine == nullptr;
        m_engine = nullptr;
        return hasBitten;
    }

private:
    Watchdog()
    {
        std::thread([this] { watch(); }).detach();
    }
    void watch()
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            if (m_engine == nullptr) {
                m_changed.wait(lock);
            } else if (std::chrono::steady_clock::now() < m_deadline) {
                m_changed.wait_until(lock, m_deadline);
            } else {
                m_engine->setInterrupted(true);
                m_engine = nullptr;
            }
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    QJSEngine *m_engine = nullptr;
    std::chrono::steady_clock::time_point m_deadline;
};

QString tr(const char *text) { return QCoreApplication::translate("loopscope::StoppedValues", text); }

/// Those of the marks, which are bound by the function around the whole file.
bool isMarkScope(const QStringList &names)
{
    static const QRegularExpression mark(QStringLiteral("^\\$+import$"));
    return names.indexOf(mark) >= 0;
}

} // namespace

StoppedValues::StoppedValues(Core &core, const CppStackFrame *frame, const QStringList &names, const QV4::Value *arguments, int count)
    : m_core(core)
    , m_scope(core.v4())
    , m_values(m_scope.alloc(mostValues))
{
    for (int index = 0; index < std::min(count, static_cast<int>(names.size())); ++index)
        add(names.at(index), arguments[index]);
    addContexts(frame);
}

void StoppedValues::add(const QString &name, const QV4::Value &value)
{
    if (m_names.size() == mostValues || m_names.contains(name))
        return;
    m_values[m_names.size()] = value;
    m_names.append(name);
}

/// Contexts are looked into, not asked: a variable without a value yet is empty, and nothing throws.
void StoppedValues::addContexts(const CppStackFrame *frame)
{
    if (frame == nullptr || !frame->isJSTypesFrame())
        return;
    const ExecutionContext *innermost = static_cast<const JSTypesStackFrame *>(frame)->context();
    for (Heap::ExecutionContext *context = innermost != nullptr ? innermost->d() : nullptr; context != nullptr; context = context->outer) {
        if (context->type != Heap::ExecutionContext::Type_CallContext && context->type != Heap::ExecutionContext::Type_BlockContext)
            continue;
        auto *variables = static_cast<Heap::CallContext *>(context);
        const Heap::InternalClass *shape = variables->internalClass;
        QStringList names;
        for (uint index = 0; index < shape->size; ++index)
            names.append(shape->keyAt(index));
        if (isMarkScope(names))
            continue;
        for (uint index = 0; index < std::min(shape->size, variables->locals.alloc); ++index) {
            if (!names.at(index).startsWith(QLatin1String("$own_")))
                add(names.at(index), variables->locals[index]);
        }
    }
}

std::vector<StatementValues::Value> StoppedValues::describe()
{
    std::vector<StatementValues::Value> described;
    for (qsizetype index = 0; index < m_names.size(); ++index)
        described.push_back({m_names.at(index), valueText(m_values[index])});
    return described;
}

bool StoppedValues::holds(const QString &condition, QString *problem)
{
    static const QRegularExpression identifier(
        QStringLiteral("^[\\p{L}_$][\\p{L}\\p{Nd}_$]*$"), QRegularExpression::UseUnicodePropertiesOption);
    const Tracer::Mute mute(m_core.tracer());
    ExecutionEngine *v4 = m_core.v4();
    Scope scope(v4);
    QStringList names;
    QV4::Value *arguments = scope.alloc(mostValues);
    for (qsizetype index = 0; index < m_names.size(); ++index) {
        if (m_values[index].isEmpty() || !identifier.match(m_names.at(index)).hasMatch())
            continue;
        arguments[names.size()] = m_values[index];
        names.append(m_names.at(index));
    }
    ScopedValue result(scope);
    const auto failed = [&] {
        if (!scope.hasException())
            return false;
        result = v4->catchException();
        *problem = tr("The condition \"%1\" cannot be told: %2").arg(condition, reasonText(result));
        return true;
    };
    // The expression is a whole one by itself: no bracket of its closes one of ours.
    const QString program = QStringLiteral("(function(%1){return(\n%2\n)})").arg(names.join(QLatin1Char(',')), condition);
    Script script(v4->rootContext(), Compiler::ContextType::Global, program, QStringLiteral("condition"), 0);
    script.strictMode = false;
    script.inheritContext = true;
    script.parse();
    if (failed())
        return false;
    result = script.run();
    if (failed())
        return false;
    const FunctionObject *function = result->as<FunctionObject>();
    if (function == nullptr) {
        *problem = tr("The condition \"%1\" is no expression.").arg(condition);
        return false;
    }
    ScopedValue random(scope);
    m_core.callHook("randomState", nullptr, 0, random);
    Watchdog::instance().start(m_core.engine());
    result = function->call(nullptr, arguments, static_cast<int>(names.size()));
    const bool wasEndless = Watchdog::instance().stop();
    if (wasEndless)
        m_core.engine().setInterrupted(false);
    ScopedValue thrown(scope);
    const bool hasThrown = scope.hasException();
    if (hasThrown)
        thrown = v4->catchException();
    ScopedValue ignored(scope);
    m_core.callHook("randomState", random, 1, ignored);
    if (wasEndless) {
        *problem = tr("The condition \"%1\" did not come to an end.").arg(condition);
        return false;
    }
    if (hasThrown)
        *problem = tr("The condition \"%1\" cannot be told: %2").arg(condition, reasonText(thrown));
    return !hasThrown && result->toBoolean();
}

} // namespace loopscope
