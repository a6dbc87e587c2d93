// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ProgramGenerator.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr int DeepestCallback = 4;
constexpr int MostStatements = 60;
constexpr int LastSlot = 8; // programs end after 320 ms

// What stands in a text for something random, filled in from left to right when the line is written.
constexpr QChar Label = u'@';
constexpr QChar Awaitable = u'~';
constexpr QChar Rejecting = u'^';

} // namespace

ProgramGenerator::ProgramGenerator(std::uint64_t seed)
    // Not a multiple of the generator's step: neighbouring seeds would draw the same numbers, one place apart.
    : m_state((seed + 1) * 0xd1342543de82ef95ULL)
{
    m_state ^= m_state >> 29U;
}

std::uint32_t ProgramGenerator::below(std::uint32_t limit)
{
    // splitmix64, by Sebastiano Vigna
    std::uint64_t z = (m_state += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return static_cast<std::uint32_t>((z ^ (z >> 31U)) >> 32U) % limit;
}

QString ProgramGenerator::expanded(const QString &text)
{
    QString result;
    for (const QChar character : text) {
        if (character == Label)
            result += QStringLiteral("'%1'").arg(++m_labels);
        else if (character == Awaitable)
            result += expanded(awaitable());
        else if (character == Rejecting)
            result += expanded(rejecting());
        else
            result += character;
    }
    return result;
}

void ProgramGenerator::line(const QString &text) { m_lines.append(QString(m_indent * 2, u' ') + expanded(text)); }

void ProgramGenerator::say(const QString &what)
{
    line(what.isEmpty() ? QStringLiteral("log(@);") : QStringLiteral("log(@, %1);").arg(what));
}

QByteArray ProgramGenerator::program()
{
    line(QStringLiteral("const log = (...values) => console.log(...values);"));
    line(QStringLiteral("const text = (error) => error && error.message ? error.message : error;"));
    line(QStringLiteral("const EventEmitter = require('events');"));
    line(QStringLiteral("class Mine extends Promise {}"));
    line(QStringLiteral("const sleep = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));"));
    line(QStringLiteral("const thenable = (value) => ({ then(resolve) { log('then', value); resolve(value); } });"));
    line(QStringLiteral("const rejecting = (value) => ({ then(resolve, reject) { log('then', value); reject(value); } });"));
    line(QStringLiteral("async function plain(value) { return value; }"));
    line(QStringLiteral("async function awaiting(value) { await null; log('in', value); return value; }"));
    line(QStringLiteral("async function returning(value) { return plain(value); }"));
    line(QStringLiteral("async function failing(value) { await null; throw new Error(value); }"));
    m_deferreds = 1 + static_cast<int>(below(3));
    for (int i = 0; i < m_deferreds; ++i)
        line(QStringLiteral("const d%1 = {}; d%1.promise = new %2((resolve, reject) => Object.assign(d%1, { resolve, reject })); "
                            "d%1.promise.catch(() => {});")
                 .arg(i)
                 .arg(chance(25) ? QStringLiteral("Mine") : QStringLiteral("Promise")));
    m_handlesErrors = chance(40);
    if (m_handlesErrors) {
        line(QStringLiteral("process.on('uncaughtException', (error, origin) => log('uncaught', text(error), origin));"));
        if (chance(50))
            line(QStringLiteral("process.on('unhandledRejection', (reason) => log('unhandled', text(reason)));"));
    }
    if (chance(30))
        line(QStringLiteral("process.once('beforeExit', () => { log('beforeExit'); setImmediate(() => log('after beforeExit')); });"));
    line(QStringLiteral("process.on('exit', (code) => log('exit', code));"));
    Context main;
    block(main, 8 + static_cast<int>(below(8)));
    return m_lines.join(u'\n').toUtf8() + '\n';
}

void ProgramGenerator::block(Context &context, int statements)
{
    say();
    for (int i = 0; i < statements && m_statements < MostStatements; ++i)
        statement(context);
}

void ProgramGenerator::callback(const QString &opening, const Context &context, const QString &closing, int slotsLater)
{
    line(opening);
    ++m_indent;
    Context inner;
    inner.depth = context.depth + 1;
    inner.time = context.time == Unknown ? Unknown : context.time + slotsLater;
    block(inner, inner.depth >= DeepestCallback ? 0 : static_cast<int>(below(4)));
    if (m_handlesErrors && chance(10))
        thrownError(inner);
    --m_indent;
    line(closing);
}

void ProgramGenerator::statement(Context &context)
{
    ++m_statements;
    if (context.isAsync && chance(55))
        asyncStatement(context);
    else
        synchronousStatement(context);
}

void ProgramGenerator::synchronousStatement(Context &context)
{
    using Writer = void (ProgramGenerator::*)(Context &);
    static constexpr Writer writers[] = {
        &ProgramGenerator::tick,
        &ProgramGenerator::tick,
        &ProgramGenerator::microtask,
        &ProgramGenerator::microtask,
        &ProgramGenerator::immediate,
        &ProgramGenerator::immediate,
        &ProgramGenerator::clearedImmediate,
        &ProgramGenerator::timeout,
        &ProgramGenerator::timeout,
        &ProgramGenerator::twinTimeouts,
        &ProgramGenerator::clearedTimeout,
        &ProgramGenerator::interval,
        &ProgramGenerator::promiseChain,
        &ProgramGenerator::promiseChain,
        &ProgramGenerator::promiseConstructor,
        &ProgramGenerator::promiseConstructor,
        &ProgramGenerator::combinator,
        &ProgramGenerator::deferredReaction,
        &ProgramGenerator::settleDeferred,
        &ProgramGenerator::emitter,
        &ProgramGenerator::caughtError,
        &ProgramGenerator::asyncCall,
        &ProgramGenerator::asyncCall,
        &ProgramGenerator::asyncCall,
        &ProgramGenerator::forAwait,
        &ProgramGenerator::generatorQueue,
    };
    (this->*writers[below(std::size(writers))])(context);
}

void ProgramGenerator::asyncStatement(Context &context)
{
    switch (below(context.isGenerator ? 7 : 5)) {
    case 0:
        tryStatement(context);
        break;
    case 1:
        loop(context);
        break;
    case 5:
    case 6:
        line(QStringLiteral("yield ~;"));
        break;
    default:
        awaitStatement(context);
        break;
    }
}

void ProgramGenerator::tick(Context &context) { callback(QStringLiteral("process.nextTick(() => {"), context, QStringLiteral("});")); }

void ProgramGenerator::microtask(Context &context) { callback(QStringLiteral("queueMicrotask(() => {"), context, QStringLiteral("});")); }

void ProgramGenerator::immediate(Context &context) { callback(QStringLiteral("setImmediate(() => {"), context, QStringLiteral("});")); }

void ProgramGenerator::clearedImmediate(Context &context)
{
    const int name = ++m_names;
    callback(QStringLiteral("setImmediate(() => {"), context, QStringLiteral("  clearImmediate(i%1);\n});").arg(name));
    line(QStringLiteral("const i%1 = setImmediate(() => log(@));").arg(name));
}

int ProgramGenerator::reserveSlot(int time, int minimum)
{
    if (time == Unknown)
        return Unknown;
    const int slot = std::max(m_nextSlot, time + minimum);
    if (slot > LastSlot)
        return Unknown;
    m_nextSlot = slot + 1;
    return slot;
}

void ProgramGenerator::timeout(Context &context)
{
    const int slot = reserveSlot(context.time);
    if (slot == Unknown)
        return say();
    const int later = slot - context.time;
    callback(QStringLiteral("setTimeout(() => {"), context, QStringLiteral("}, %1);").arg(later * SlotMilliseconds), later);
}

void ProgramGenerator::twinTimeouts(Context &context)
{
    // Two of one list, made at one moment: between them only ticks and microtasks run. Nothing that another phase could run is made in
    // them, as the second may come due a millisecond later.
    const int slot = reserveSlot(context.time);
    if (slot == Unknown)
        return say();
    const int delay = (slot - context.time) * SlotMilliseconds;
    for (int twin = 0; twin < 2; ++twin) {
        line(QStringLiteral("setTimeout(() => {"));
        line(QStringLiteral(
            "  log(@); process.nextTick(() => log(@)); Promise.resolve(~).then((v) => log(@, v)); queueMicrotask(() => log(@));"));
        line(QStringLiteral("}, %1);").arg(delay));
    }
}

void ProgramGenerator::clearedTimeout(Context &)
{
    const int name = ++m_names;
    line(QStringLiteral("const t%1 = setTimeout(() => log(@), %2);").arg(name).arg(SlotMilliseconds));
    if (chance(50))
        line(QStringLiteral("clearTimeout(t%1);").arg(name));
    else
        line(QStringLiteral("process.nextTick(() => { log(@); clearTimeout(t%1); });").arg(name));
}

void ProgramGenerator::interval(Context &context)
{
    constexpr int rounds = 2;
    const int first = reserveSlot(context.time);
    if (first == Unknown)
        return say();
    const int later = first - context.time;
    // Its rounds come at multiples of its delay: keep those moments free.
    m_nextSlot = std::max(m_nextSlot, context.time + later * rounds + 1);
    const int name = ++m_names;
    line(QStringLiteral("let n%1 = 0;").arg(name));
    // Counted before anything in it can throw: it has to end.
    callback(QStringLiteral("const v%1 = setInterval(() => {\n  if (++n%1 === %2) clearInterval(v%1);").arg(name).arg(rounds),
        Context{DeepestCallback, Unknown, false, false}, QStringLiteral("}, %1);").arg(later * SlotMilliseconds));
}

QString ProgramGenerator::awaitable()
{
    static const QString forms[] = {
        QStringLiteral("@"),
        QStringLiteral("Promise.resolve(@)"),
        QStringLiteral("thenable(@)"),
        QStringLiteral("plain(@)"),
        QStringLiteral("awaiting(@)"),
        QStringLiteral("returning(@)"),
        QStringLiteral("Mine.resolve(@)"),
        QStringLiteral("new Promise((resolve) => resolve(@))"),
        QStringLiteral("new Promise((resolve) => resolve(plain(@)))"),
        QStringLiteral("new Promise((resolve) => resolve(thenable(@)))"),
        QStringLiteral("Promise.resolve().then(() => @)"),
        QStringLiteral("Promise.resolve().then(() => Promise.resolve(@))"),
        QStringLiteral("Promise.resolve(@).finally(() => log(@))"),
    };
    return forms[below(std::size(forms))];
}

QString ProgramGenerator::rejecting()
{
    static const QString forms[] = {
        QStringLiteral("Promise.reject(@)"),
        QStringLiteral("rejecting(@)"),
        QStringLiteral("failing(@)"),
        QStringLiteral("new Promise(() => { throw new Error(@); })"),
        QStringLiteral("Promise.reject(@).finally(() => log(@))"),
    };
    return forms[below(std::size(forms))];
}

QString ProgramGenerator::anyAwaitable(std::uint32_t percentRejecting)
{
    return chance(percentRejecting) ? QString(Rejecting) : QString(Awaitable);
}

void ProgramGenerator::promiseChain(Context &context)
{
    const bool rejects = chance(25);
    line(rejects ? QStringLiteral("Promise.resolve(^)") : QStringLiteral("Promise.resolve(~)"));
    ++m_indent;
    const int links = 1 + static_cast<int>(below(3));
    for (int i = 0; i < links; ++i) {
        switch (below(5)) {
        case 0:
            line(QStringLiteral(".finally(() => log(@))"));
            break;
        case 1:
            line(QStringLiteral(".then((v) => { log(@, v); return ~; })"));
            break;
        case 2:
            line(QStringLiteral(".catch((e) => { log(@, text(e)); return ~; })"));
            break;
        default: {
            Context inner = context;
            callback(QStringLiteral(".then((v) => {"), inner, QStringLiteral("})"));
            break;
        }
        }
    }
    line(QStringLiteral(".catch((e) => log(@, text(e)));"));
    --m_indent;
}

void ProgramGenerator::promiseConstructor(Context &context)
{
    const QString type = chance(20) ? QStringLiteral("Mine") : QStringLiteral("Promise");
    const QString ending = QStringLiteral("  %1(~);\n}).then((v) => log(@, v), (e) => log(@, text(e)));")
                               .arg(chance(75) ? QStringLiteral("resolve") : QStringLiteral("reject"));
    const bool handled = m_handlesErrors;
    m_handlesErrors = false; // a throw in the executor would only be swallowed or reject
    callback(QStringLiteral("new %1((resolve, reject) => {").arg(type), context, ending);
    m_handlesErrors = handled;
}

void ProgramGenerator::combinator(Context &)
{
    static const QString names[] = {QStringLiteral("all"), QStringLiteral("race"), QStringLiteral("any"), QStringLiteral("allSettled")};
    QStringList items;
    const int count = static_cast<int>(below(4)) + 1;
    for (int i = 0; i < count; ++i)
        items.append(anyAwaitable(20));
    line(QStringLiteral("Promise.%1([%2]).then((v) => log(@, JSON.stringify(v)), (e) => log(@, text(e)));")
             .arg(names[below(4)], items.join(QStringLiteral(", "))));
}

void ProgramGenerator::deferredReaction(Context &context)
{
    Context inner = context;
    inner.time = Unknown;
    callback(QStringLiteral("d%1.promise.then((v) => {").arg(below(static_cast<std::uint32_t>(m_deferreds))), inner,
        QStringLiteral("}).catch((e) => log(@, text(e)));"));
}

void ProgramGenerator::settleDeferred(Context &)
{
    const std::uint32_t which = below(static_cast<std::uint32_t>(m_deferreds));
    line(QStringLiteral("d%1.%2(~);").arg(which).arg(chance(80) ? QStringLiteral("resolve") : QStringLiteral("reject")));
}

void ProgramGenerator::emitter(Context &context)
{
    const int name = ++m_names;
    line(QStringLiteral("const e%1 = new EventEmitter();").arg(name));
    const bool handled = m_handlesErrors;
    m_handlesErrors = false; // an error in a listener comes out of emit(), into the code around it
    Context listener = context;
    listener.time = Unknown; // it is called twice: timers in it would be twins
    const QString how = chance(50) ? QStringLiteral("on") : QStringLiteral("once");
    callback(QStringLiteral("e%1.%2('x', (v) => {").arg(name).arg(how), listener, QStringLiteral("});"));
    m_handlesErrors = handled;
    line(QStringLiteral("e%1.on('x', async (v) => { log(@, v); await null; log(@); });").arg(name));
    line(QStringLiteral("log(@, e%1.emit('x', 1), e%1.emit('x', 2), e%1.emit('y'));").arg(name));
}

void ProgramGenerator::caughtError(Context &)
{
    line(QStringLiteral("try { throw new TypeError(@); } catch (error) { log(error.name, error.message); } finally { log(@); }"));
}

void ProgramGenerator::thrownError(Context &) { line(QStringLiteral("throw new Error(@);")); }

void ProgramGenerator::asyncCall(Context &context)
{
    if (context.depth >= DeepestCallback)
        return say();
    line(QStringLiteral("(async () => {"));
    ++m_indent;
    Context inner = context;
    ++inner.depth;
    inner.isAsync = true;
    inner.isGenerator = false;
    block(inner, 2 + static_cast<int>(below(4)));
    if (chance(40))
        line(QStringLiteral("return %1;").arg(anyAwaitable(25)));
    --m_indent;
    line(QStringLiteral("})().then((v) => log(@, v), (e) => log(@, text(e)));"));
}

void ProgramGenerator::asyncGenerator(const QString &name, const Context &context)
{
    line(QStringLiteral("async function* %1() {").arg(name));
    ++m_indent;
    const bool guarded = chance(50);
    if (guarded) {
        line(QStringLiteral("try {"));
        ++m_indent;
    }
    Context inner = context;
    ++inner.depth;
    inner.isAsync = true;
    inner.isGenerator = true;
    inner.time = Unknown; // it runs when it is asked to
    block(inner, 1 + static_cast<int>(below(3)));
    line(QStringLiteral("log(@, yield ~);"));
    if (chance(40))
        line(QStringLiteral("yield* [~, @];"));
    if (chance(30))
        line(QStringLiteral("return ~;"));
    if (guarded) {
        --m_indent;
        line(QStringLiteral("} finally { log(@); %1log(@); }").arg(chance(50) ? QStringLiteral("await null; ") : QString()));
    }
    --m_indent;
    line(QStringLiteral("}"));
}

void ProgramGenerator::forAwait(Context &context)
{
    if (context.depth >= DeepestCallback - 1)
        return say();
    const QString name = QStringLiteral("g%1").arg(++m_names);
    QString source = name + QStringLiteral("()");
    if (chance(30))
        source = QStringLiteral("[~, ~]");
    else
        asyncGenerator(name, context);
    line(QStringLiteral("(async () => {"));
    line(QStringLiteral("  for await (const v of %1) { log(@, v);%2 }").arg(source, chance(30) ? QStringLiteral(" break;") : QString()));
    line(QStringLiteral("  log(@);"));
    line(QStringLiteral("})().catch((e) => log(@, text(e)));"));
}

void ProgramGenerator::generatorQueue(Context &context)
{
    if (context.depth >= DeepestCallback - 1)
        return say();
    const QString name = QStringLiteral("g%1").arg(++m_names);
    asyncGenerator(name, context);
    line(QStringLiteral("const q%1 = %1();").arg(name));
    const int requests = 2 + static_cast<int>(below(3));
    for (int i = 0; i < requests; ++i) {
        const QString request = chance(70) ? QStringLiteral("next") : chance(60) ? QStringLiteral("return") : QStringLiteral("throw");
        line(QStringLiteral("q%1.%2(@).then((r) => log(@, r.value, r.done), (e) => log(@, text(e)));").arg(name, request));
    }
}

void ProgramGenerator::awaitStatement(Context &context)
{
    if (!context.isGenerator && chance(20)) {
        if (const int slot = reserveSlot(context.time); slot != Unknown) {
            say(QStringLiteral("await sleep(%1, @)").arg((slot - context.time) * SlotMilliseconds));
            context.time = slot;
            return;
        }
    }
    if (chance(12)) {
        say(QStringLiteral("await d%1.promise").arg(below(static_cast<std::uint32_t>(m_deferreds))));
        context.time = Unknown;
    } else {
        say(QStringLiteral("await ~"));
    }
}

void ProgramGenerator::tryStatement(Context &context)
{
    line(QStringLiteral("try {"));
    ++m_indent;
    say(QStringLiteral("await %1").arg(anyAwaitable(60)));
    --m_indent;
    line(QStringLiteral("} catch (e) {"));
    ++m_indent;
    line(QStringLiteral("log(@, text(e));"));
    if (chance(40))
        awaitStatement(context);
    --m_indent;
    if (chance(50)) {
        line(QStringLiteral("} finally {"));
        ++m_indent;
        say(chance(50) ? QStringLiteral("await ~") : QString());
        --m_indent;
    }
    line(QStringLiteral("}"));
}

void ProgramGenerator::loop(Context &) { line(QStringLiteral("for (let i = 0; i < %1; ++i) log(@, i, await ~);").arg(2 + below(2))); }

} // namespace loopscope
