// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promises/PromiseModel.h"

#include "state/Names.h"

#include <QRegularExpression>

#include <algorithm>

namespace loopscope {

namespace {

/// Promises of before the stretch that are pending and are taken in with it.
constexpr size_t kEarlierPending = 1000;
/// Events after which a promise has the name that it is called by.
constexpr quint64 kWordsSettled = 16;

} // namespace

QString withoutMarks(const QString &marked)
{
    static const QRegularExpression link(QStringLiteral("\\[([^\\]]*)\\]\\(site:\\d+\\)"));
    QString plain = marked;
    plain.replace(link, QStringLiteral("\\1"));
    return plain.remove(QLatin1Char('`'));
}

PromiseModel::PromiseModel(quint64 stretch)
    : m_stretch(stretch)
{
}

void PromiseModel::setSource(const RecordingReader *reader, const RecordingIndex *index, const EventText *text)
{
    m_reader = reader;
    m_index = index;
    m_text = text;
    m_graph.restart(0);
    m_words.clear();
}

void PromiseModel::restart(const LoopState &state)
{
    // Half of the stretch lies before the cursor, in steps that are the same whichever way it came.
    const quint64 step = m_stretch / 4;
    const quint64 from = state.cursor <= m_stretch ? 0 : (state.cursor - m_stretch / 2) / step * step;
    m_graph.restart(from, [this](SubjectId id) {
        const SubjectHistory history = m_index->history(id);
        PromiseGraph::Earlier earlier;
        if (history.created) {
            earlier.created = *history.created;
            earlier.creation = m_reader->event(*history.created);
        }
        if (history.ended) {
            earlier.settled = *history.ended;
            earlier.settling = m_reader->event(*history.ended);
        }
        return earlier;
    });
    m_words.clear();
    size_t taken = 0;
    state.unsettledPromises.visit([&](SubjectId id, const PromiseState &promise) {
        if (promise.createdEvent >= from)
            return false; // by number, so all that follow are later, too
        m_graph.addEarlier(id);
        return ++taken < kEarlierPending;
    });
}

void PromiseModel::moveTo(const LoopState &state)
{
    if (m_reader == nullptr)
        return;
    const bool isBefore = m_graph.from() > 0 && state.cursor < m_graph.from() + m_stretch / 4;
    const bool isFarBehind = state.cursor > m_graph.end() + m_stretch / 2;
    const bool isLong = state.cursor > m_graph.from() + 2 * m_stretch;
    if (isBefore || isFarBehind || isLong)
        restart(state);
    // A little more than the cursor asks for: some facts show two events later.
    const quint64 end = std::min(state.cursor + 8, m_reader->eventCount());
    while (m_graph.end() < end)
        m_graph.add(m_reader->event(m_graph.end()));
}

PromisePicture PromiseModel::picture(const LoopState &state, PromiseChoice choice, const QString &words, bool marksChanges)
{
    if (m_reader == nullptr)
        return {};
    const QStringList wanted = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (!wanted.isEmpty()) {
        choice.fits = [&](quint32 node) {
            const QString text = PromiseModel::words(node).all;
            return std::all_of(wanted.begin(), wanted.end(), [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
        };
    }
    choice.isNodes = [this](SubjectId promise) { return m_index->nodesWork().isNodes(promise); };
    const PromiseWarnings warnings(m_graph, *m_reader, *m_text);
    return PromisePictureBuilder(m_graph, warnings, state).build(choice, marksChanges);
}

// --- words ---------------------------------------------------------------------------------------------------------------------------

QString PromiseModel::shortPlace(SiteId site) const
{
    const SitePlace place = m_reader->place(site);
    if (!place.isValid())
        return {};
    const bool isMain = place.source == m_reader->sources().front().get();
    return isMain ? QStringLiteral(":%1").arg(place.site->line) : place.shortPlace();
}

SiteId PromiseModel::handlerOf(quint32 node) const
{
    SiteId handler = 0;
    const quint32 source = m_graph.nodes()[node].derivedFrom;
    m_graph.visitIn(node, neverHappens, [&](const PromiseLink &link) {
        if (source != noNode && link.from == source && link.kind != PromiseLink::Kind::Adopt)
            handler = link.site;
    });
    return handler;
}

SiteId PromiseModel::placeOf(quint32 node) const
{
    const PromiseNode &promise = m_graph.nodes()[node];
    if (const SiteId handler = handlerOf(node); handler != 0)
        return handler;
    return promise.function != 0 ? promise.function : promise.site;
}

PromiseModel::Words PromiseModel::words(quint32 number) const
{
    if (m_words.size() < m_graph.nodes().size())
        m_words.resize(m_graph.nodes().size());
    if (!m_words[number].label.isEmpty())
        return m_words[number];
    const PromiseNode &node = m_graph.nodes()[number];
    Words made;
    made.label = makeLabel(number);
    made.fact = makeFact(number, made.label);
    made.all =
        QStringList{made.label, made.fact, m_reader->place(node.site).shortPlace(), m_reader->string(node.reason)}.join(QLatin1Char('\n'));
    // A name, a handler and a reason come later than the promise.
    if (node.created + kWordsSettled < m_graph.end() && (node.reason != 0 || !node.becomesRejected))
        m_words[number] = made;
    return made;
}

QString PromiseModel::makeLabel(quint32 number) const
{
    const PromiseNode &node = m_graph.nodes()[number];
    if (node.name != 0)
        return m_reader->string(node.name);
    if (node.origin == PromiseOrigin::AsyncFunction) {
        const SitePlace place = m_reader->place(node.function);
        const bool isNamed = place.isValid() && !place.site->name.isEmpty();
        const QString name = m_text->functionName(node.function);
        return name.isEmpty() ? tr("async") : isNamed ? name + QStringLiteral("()") : name;
    }
    if (const SitePlace handler = m_reader->place(handlerOf(number)); handler.isValid() && handler.site->kind == SiteKind::Function)
        return m_text->functionName(handlerOf(number));
    // "sleep" says more than "new Promise".
    if (node.origin == PromiseOrigin::Constructor) {
        const Site *around = m_reader->place(node.site).function();
        if (around != nullptr && !around->name.isEmpty())
            return around->name;
    }
    if (const QString call = node.origin == PromiseOrigin::Runtime ? onlyCallIn(node.site) : QString(); !call.isEmpty())
        return call;
    return promiseOriginName(node.origin);
}

QString PromiseModel::onlyCallIn(SiteId statement) const
{
    const SitePlace place = m_reader->place(statement);
    if (!place.isValid() || place.site->kind != SiteKind::Statement)
        return {};
    QString name;
    for (const Site &site : place.source->sites) {
        const bool isInside = site.kind == SiteKind::Call && site.function == place.site->function
            && std::pair(site.line, site.column) >= std::pair(place.site->line, place.site->column)
            && std::pair(site.endLine, site.endColumn) <= std::pair(place.site->endLine, place.site->endColumn);
        if (!isInside)
            continue;
        if (!name.isEmpty())
            return {};
        name = site.name;
    }
    return name;
}

QString PromiseModel::makeFact(quint32 number, const QString &label) const
{
    const PromiseNode &node = m_graph.nodes()[number];
    QString kind = promiseOriginName(node.origin);
    if (node.origin == PromiseOrigin::AsyncFunction)
        kind = tr("async");
    else if (label == kind)
        kind = tr("promise");
    const QString place = shortPlace(node.origin == PromiseOrigin::AsyncFunction ? node.function : placeOf(number));
    return place.isEmpty() ? kind : kind + QLatin1Char(' ') + place;
}

QString PromiseModel::outcomeText(quint32 number, quint64 cursor) const
{
    const PromiseNode &node = m_graph.nodes()[number];
    switch (node.outcome(cursor)) {
    case PromiseOutcome::Pending:
        return tr("pending");
    case PromiseOutcome::Fulfilled:
        return node.isUndefined ? tr("fulfilled with undefined") : tr("fulfilled");
    case PromiseOutcome::Rejected:
        break;
    }
    const QString reason = m_reader->string(node.reason);
    QString text = reason.isEmpty() ? tr("rejected") : tr("rejected: %1").arg(reason);
    return node.isUnhandled(cursor) ? text + tr(", not handled") : text;
}

QString PromiseModel::waitsText(quint32 number, quint64 cursor) const
{
    const auto &nodes = m_graph.nodes();
    QStringList parts;
    m_graph.visitIn(number, cursor, [&](const PromiseLink &link) {
        if (link.from == noNode || link.ended < cursor || nodes[link.from].isSettled(cursor) || parts.size() >= 3)
            return;
        const QString other = QStringLiteral("%1 (%2)").arg(label(link.from)).arg(nodes[link.from].id);
        switch (link.kind) {
        case PromiseLink::Kind::Await:
            parts.append(tr("awaits %1").arg(other));
            break;
        case PromiseLink::Kind::Adopt:
            parts.append(tr("follows %1").arg(other));
            break;
        default:
            parts.append(tr("waits for %1").arg(other));
            break;
        }
    });
    return parts.join(QStringLiteral(", "));
}

QString PromiseModel::describe(quint32 number, quint64 cursor) const
{
    const PromiseNode &node = m_graph.nodes()[number];
    QString text = tr("promise %1, %2, %3: %4").arg(QString::number(node.id), label(number), fact(number), outcomeText(number, cursor));
    if (!node.isSettled(cursor)) {
        if (const QString waits = waitsText(number, cursor); !waits.isEmpty())
            text += QStringLiteral(", ") + waits;
    }
    int waiters = 0;
    m_graph.visitOut(number, cursor, [&](const PromiseLink &) { ++waiters; });
    text += waiters == 0 ? tr("; nothing reacts to it") : waiters == 1 ? tr("; one reaction") : tr("; %L1 reactions").arg(waiters);
    return text;
}

QString PromiseModel::describe(const PromiseItem &item, quint64 cursor) const
{
    if (!item.isGroup())
        return describe(item.node, cursor);
    return tr("%L1 promises like %2, %3: %L4 pending, %L5 fulfilled, %L6 rejected")
        .arg(item.count)
        .arg(label(item.node), fact(item.node))
        .arg(item.pending)
        .arg(item.count - item.pending - item.rejected)
        .arg(item.rejected);
}

QString PromiseModel::describe(const PromiseEdge &edge) const
{
    const PromiseLink &link = m_graph.links()[edge.link];
    const auto stage = [&](JobStage reached, quint32 turn) {
        switch (reached) {
        case JobStage::Queued:
            return turn == 0 ? tr("queued")
                : turn == 1  ? tr("next in the microtask queue")
                             : tr("number %L1 in the microtask queue").arg(turn);
        case JobStage::Running:
            return tr("runs now");
        case JobStage::Over:
            return tr("has run");
        case JobStage::None:
            break;
        }
        return tr("not queued yet");
    };
    const QString reaction = stage(edge.reaction, edge.reactionTurn);
    switch (link.kind) {
    case PromiseLink::Kind::Await:
        return tr("await: the rest of the function is a microtask, %1").arg(reaction);
    case PromiseLink::Kind::Adopt:
        return tr("A promise was resolved with another one, which takes two microtasks more: one to ask for its state (%1), one to hand it "
                  "on (%2)")
            .arg(stage(edge.thenable, edge.thenableTurn), reaction);
    case PromiseLink::Kind::Combine:
        return tr("one of the promises it waits for; the reaction: %1").arg(reaction);
    case PromiseLink::Kind::Then:
    case PromiseLink::Kind::Catch:
    case PromiseLink::Kind::Finally:
        break;
    }
    return tr("%1: the reaction is a microtask, %2")
        .arg(reactionKindName(link.kind == PromiseLink::Kind::Then ? ReactionKind::Then
                     : link.kind == PromiseLink::Kind::Catch       ? ReactionKind::Catch
                                                                   : ReactionKind::Finally),
            reaction);
}

QString PromiseModel::warningText(const PromiseWarning &warning, quint64 cursor) const
{
    return withoutMarks(PromiseWarnings(m_graph, *m_reader, *m_text).sentence(warning, cursor));
}

} // namespace loopscope
