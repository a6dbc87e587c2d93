// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What awaits need of one another: texts with their awaits, which are numbered in the order of the text.
#include "script/AwaitNeeds.h"

#include <QStringList>
#include <QTest>

using namespace loopscope;

namespace {

/// A source whose sites are its own body and its awaits: each `await`, and what each `for await` binds.
SourceText sourceOf(const QByteArray &text)
{
    SourceText source;
    source.path = QStringLiteral("/script.js");
    source.text = text;
    source.sites.resize(1);
    source.sites[0].kind = SiteKind::Function;
    const LineIndex lines(source.text);
    for (qsizetype at = text.indexOf("await "); at >= 0; at = text.indexOf("await ", at + 1)) {
        const bool isLoop = at >= 4 && text.mid(at - 4, 4) == "for ";
        const TextPlace place = lines.place(static_cast<quint32>(isLoop ? text.indexOf('(', at) + 1 + qsizetype(sizeof "const") : at));
        Site site;
        site.kind = SiteKind::Await;
        site.line = place.line;
        site.column = place.column;
        source.sites.push_back(site);
    }
    return source;
}

/// "1: 0; 2: 0 1": what each await needs; nothing is said of those that need nothing. "unknown" if the text does not tell.
QString told(const SourceText &source)
{
    AwaitNeeds needs(source);
    QStringList all;
    for (quint32 await = 1; await < source.sites.size(); ++await) {
        const std::optional<std::set<quint32>> needed = needs.of(await);
        if (!needed)
            return QStringLiteral("unknown");
        if (needed->empty())
            continue;
        QString one = QString::number(await - 1) + QLatin1Char(':');
        for (const quint32 each : *needed)
            one += QLatin1Char(' ') + QString::number(each - 1);
        all.append(one);
    }
    return all.join(QStringLiteral("; "));
}

} // namespace

class AwaitNeedsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void texts_data();
    void texts();
    void whatIsNoAwait();
};

void AwaitNeedsTest::texts_data()
{
    QTest::addColumn<QByteArray>("body"); // of an async function of (id, out)
    QTest::addColumn<QString>("needs");
    const auto add = [](const char *name, const QByteArray &body, const char *needs) {
        QTest::newRow(name) << body << QString::fromLatin1(needs);
    };
    add("nothing of one another", "const a = await f(1); const b = await g(2); return [a, b];", "");
    add("what it gave", "const a = await f(1); const b = await g(a);", "1: 0");
    add("what was made of it", "const a = await f(1); const b = a.id + 1; let c; c = `${b}`; await g(c); await h(1);", "1: 0");
    add("parts of it", "const { x, y: [z = 1], ...rest } = await f(); await g(z); await g(x); await g(rest); await g(y);",
        "1: 0; 2: 0; 3: 0");
    add("one of two", "const [a, b] = await Promise.all([f(), g()]); await h(b);", "1: 0");
    add("one within the other", "await g(await f());", "0: 1");
    add("in the arguments of a method", "const a = await f(); await api.get({ id: a.id }).then(each => each.name);", "1: 0");
    add("in a closure", "const a = await f(); await g(() => a.x);", "1: 0");
    add("in a function called later", "const a = await f(); function use() { return a; } await use();", "1: 0");
    add("assigned while it is awaited", "let a; await f().then(value => { a = value; }); await g(a);", "1: 0");
    add("kept in an object", "const all = {}; all.a = await f(); await g(all.b);", "1: 0");
    add("kept in a list", "const list = []; list.push(await f()); await g(list);", "1: 0");
    add("kept in an argument", "const to = {}; Object.assign(to, await f()); await g(to);", "1: 0");
    add("kept in a parameter", "out.write(await f()); await out.end();", "1: 0");
    add("what a module is called with",
        "const user = await api.user(id); const posts = await api.posts(user.id); const ads = await api.ads();", "1: 0");
    add("this", "this.a = await f(); await this.g();", "1: 0");
    add("added up", "let n = 0; n += await f(); await g(n);", "1: 0");
    add("on a condition", "if (await f()) { await g(); } else await h(); await k();", "1: 0; 2: 0");
    add("on a condition with its name", "const a = await f(); const b = a && await g(); const c = a ? 1 : await h();", "1: 0; 2: 0");
    add("set on a condition", "let n = 1; if (await f()) n = 2; await g(n);", "1: 0");
    add("by cases", "switch (await f()) { case 1: await g(); break; default: await h(); }", "1: 0; 2: 0");
    add("behind a return", "const a = await f(); if (!a) return null; const b = await g();", "1: 0");
    add("a return in a closure leaves nothing", "const a = await f(); g(x => { if (a) return 1; return 2; }); await h(1);", "");
    add("when it fails", "try { await f(); } catch { await g(); } await h();", "1: 0");
    add("in any case", "try { await f(); } finally { await g(); }", "");
    add("turns for themselves", "for (let i = 0; i < 9; i++) await f(i); for (const x of id) await g(x);", "");
    add("turns for what was awaited", "for (const x of await f()) await g(x);", "1: 0");
    add("turn by turn", "let next; do { const page = await f(next); next = page.next; } while (next);", "0: 0");
    add("a sum over turns is for the end", "let sum = 0; for (const x of id) { const a = await f(x); sum += a; } await g(sum);", "1: 0");
    add("until it is done", "while (!(await done())) await sleep(1);", "0: 0; 1: 0");
    add("until a break", "for (;;) { const a = await f(); if (a) break; }", "0: 0");
    add("a turn that goes on early", "for (const x of id) { const a = await f(x); if (!a) continue; await g(x); }", "1: 0");
    add("a turn that returns", "for (const x of id) { const a = await f(x); if (a) return a; }", "0: 0");
    add("behind turns that return", "for (const x of id) { const a = await f(x); if (a) return a; } await g();", "0: 0; 1: 0");
    add("behind turns that break", "for (const x of id) { const a = await f(x); if (a) break; } await g();", "0: 0");
    add("a break from a switch in a loop", "for (const x of id) { switch (await f(x)) { case 1: break; } await g(x); }", "");
    add("for await", "for await (const x of f()) await g(x);", "0: 0; 1: 0");
    add("of a function within", "const inner = async () => { const a = await f(); await g(a); }; await inner(); await h();", "1: 0");
    add("not JavaScript", "const a: number = await f(); await g(a);", "unknown");
    add("beyond ASCII", "const \xc3\xa4 = '\xf0\x9f\x90\x8c'; const a = await f('\xf0\x9f\x90\x8c'); await g(a);", "1: 0");
    add("nested too deeply", "await f(" + QByteArray(20'000, '(') + "1" + QByteArray(20'000, ')') + ");", "unknown");
    add("too many", QByteArray("await f(1);").repeated(300), "unknown");
    add("many", QByteArray("await f(1);").repeated(250), "");
}

void AwaitNeedsTest::texts()
{
    QFETCH(QByteArray, body);
    const QByteArray text = "const api = require('api');\nasync function load(id, out) {\n" + body + "\n}\n";
    QTEST(told(sourceOf(text)), "needs");
    if (body.size() > 1000)
        return;
    // At the top of a module it is the same, but that nothing is returned there.
    if (!body.contains("return") && !body.contains("out."))
        QTEST(told(sourceOf("const id = [];\n" + body)), "needs");
    // Whatever the text is cut to.
    for (qsizetype size = 0; size < text.size(); ++size)
        told(sourceOf(text.left(size)));
}

void AwaitNeedsTest::whatIsNoAwait()
{
    const SourceText source = sourceOf("async function f() { await g(); }");
    AwaitNeeds needs(source);
    QVERIFY(!needs.of(0));
    QVERIFY(needs.of(1));
    QVERIFY(!needs.of(2));
    SourceText misplaced = sourceOf("async function f() { await g(); }");
    misplaced.sites[1].column += 3;
    QVERIFY(!AwaitNeeds(misplaced).of(1));
    misplaced.sites[1].line = 77;
    QVERIFY(!AwaitNeeds(misplaced).of(1));
}

QTEST_GUILESS_MAIN(AwaitNeedsTest)
#include "AwaitNeedsTest.moc"
