// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

#include <cstdint>

namespace loopscope {

/// Writes random programs about order: every kind of callback inside every other, with promises, async functions, async generators,
/// thenables, emitters, errors and timers. The same seed gives the same program on every machine.
///
/// Their output is the same in every run of Node.js. Callbacks that Node may order either way are kept apart: every timer has a moment of
/// its own, a multiple of SlotMilliseconds after the start, and is only made where the nominal time is known; there is no I/O.
class ProgramGenerator
{
public:
    static constexpr int SlotMilliseconds = 40;

    explicit ProgramGenerator(std::uint64_t seed);
    /// The program; call once.
    QByteArray program();

private:
    /// Where code is being written.
    struct Context
    {
        int depth = 0; ///< of nested callbacks
        int time = 0; ///< nominal, in slots; Unknown after an await that may take any time
        bool isAsync = false; ///< `await` is allowed
        bool isGenerator = false; ///< `yield` is allowed (async generators)
    };
    static constexpr int Unknown = -1;

    std::uint32_t below(std::uint32_t limit);
    bool chance(std::uint32_t percent) { return below(100) < percent; }
    /// Appends a line; stand-ins for labels and awaitables in it are filled in.
    void line(const QString &text);
    QString expanded(const QString &text);
    void say(const QString &what = {});

    void block(Context &context, int statements);
    void callback(const QString &opening, const Context &context, const QString &closing, int slotsLater = 0);
    void statement(Context &context);
    void synchronousStatement(Context &context);
    void asyncStatement(Context &context);

    void tick(Context &context);
    void microtask(Context &context);
    void immediate(Context &context);
    void clearedImmediate(Context &context);
    void timeout(Context &context);
    void twinTimeouts(Context &context);
    void clearedTimeout(Context &context);
    void interval(Context &context);
    void promiseChain(Context &context);
    void promiseConstructor(Context &context);
    void combinator(Context &context);
    void deferredReaction(Context &context);
    void settleDeferred(Context &context);
    void emitter(Context &context);
    void caughtError(Context &context);
    void asyncCall(Context &context);
    void forAwait(Context &context);
    void generatorQueue(Context &context);
    void awaitStatement(Context &context);
    void tryStatement(Context &context);
    void loop(Context &context);
    void thrownError(Context &context);

    void asyncGenerator(const QString &name, const Context &context);
    /// What awaits and reactions are given: a value, a promise, a thenable, an async call.
    QString awaitable();
    QString rejecting();
    QString anyAwaitable(std::uint32_t percentRejecting);
    /// The next free moment after `time`, in slots; reserves it. Unknown if the program is long enough.
    int reserveSlot(int time, int minimum = 1);

    std::uint64_t m_state;
    QStringList m_lines;
    int m_indent = 0;
    int m_labels = 0;
    int m_names = 0;
    int m_statements = 0;
    int m_nextSlot = 1;
    int m_deferreds = 0;
    bool m_handlesErrors = false;
};

} // namespace loopscope
