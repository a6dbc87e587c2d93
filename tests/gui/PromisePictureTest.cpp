// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What of a promise graph is shown and where: nothing overlaps, nothing moves, and thousands stay few.
#include "../unit/state/PromiseMachine.h"

#include "promises/PromiseModel.h"
#include "recording/RecordingWriter.h"

#include <QTemporaryDir>
#include <QTest>

#include <set>

namespace loopscope {

namespace {

/// A graph of these events, and the state at any cursor.
struct Folded
{
    explicit Folded(const std::vector<Event> &all)
        : events(all)
    {
        for (const Event &event : events)
            graph.add(event);
    }
    LoopState at(quint64 cursor) const
    {
        LoopState state;
        for (quint64 i = 0; i < cursor; ++i)
            state.apply(events[i]);
        return state;
    }
    PromisePicture picture(quint64 cursor, const PromiseChoice &choice, bool marksChanges = false) const
    {
        const LoopState state = at(cursor);
        const PromiseWarnings warnings(graph, reader, text);
        return PromisePictureBuilder(graph, warnings, state).build(choice, marksChanges);
    }

    std::vector<Event> events;
    PromiseGraph graph;
    RecordingReader reader;
    RecordingIndex index;
    EventText text{reader, index};
};

Event made(EventKind kind, SubjectId subject, int detail = 0, qint64 value = 0, SiteId site = 0)
{
    Event event;
    event.kind = kind;
    event.subject = subject;
    event.detail = static_cast<quint8>(detail);
    event.value = value;
    event.site = site;
    return event;
}

/// `count` promises of one place, each with a handler, of which every third is fulfilled.
std::vector<Event> manyAlike(SubjectId count)
{
    std::vector<Event> events;
    for (SubjectId i = 0; i < count; ++i) {
        const SubjectId id = 2 * i + 1;
        events.push_back(made(EventKind::PromiseCreated, id, static_cast<int>(PromiseOrigin::Constructor), 0, 7));
        events.push_back(made(EventKind::PromiseCreated, id + 1, static_cast<int>(PromiseOrigin::Then), id, 8));
        events.push_back(made(EventKind::ReactionAdded, id, static_cast<int>(ReactionKind::Then), id + 1, 9));
        if (i % 3 == 0)
            events.push_back(made(EventKind::PromiseFulfilled, id));
    }
    return events;
}

PromiseChoice eachOne()
{
    PromiseChoice choice;
    choice.grouping = PromiseChoice::Grouping::Never;
    choice.showsInner = true;
    return choice;
}

} // namespace

class PromisePictureTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void standsApartAndInOrder_data() { seeds(); }
    void standsApartAndInOrder();
    void nothingMoves_data() { seeds(); }
    void nothingMoves();
    void manyAlikeAreOne();
    void longChainIsOne();
    void choosesByState();
    void focusShowsRelatives();
    void oldOnesAreLeftOutButNotPendingOnes();
    void changesAreMarkedAndTurnsTold();
    void stretchAgreesWithTheWhole();

private:
    static void seeds();
};

void PromisePictureTest::seeds()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 10; ++seed)
        QTest::addRow("%u", seed) << seed;
}

void PromisePictureTest::standsApartAndInOrder()
{
    QFETCH(const quint32, seed);
    const Folded folded(PromiseMachine(seed, 2000).events);
    for (const auto grouping : {PromiseChoice::Grouping::Never, PromiseChoice::Grouping::Always}) {
        PromiseChoice choice = eachOne();
        choice.grouping = grouping;
        const PromisePicture picture = folded.picture(folded.events.size(), choice);
        const PromiseLayout layout = PromiseLayout::compute(picture.items);
        std::set<std::pair<int, int>> taken;
        for (quint32 i = 0; i < picture.items.size(); ++i) {
            const PromisePlace place = layout.places[i];
            QVERIFY(taken.insert({place.row, place.column}).second);
            QVERIFY(place.row < layout.rows && place.column < layout.columns);
            const PromiseItem &item = picture.items[i];
            if (item.source != noItem && item.inputs.empty())
                QVERIFY(layout.places[item.source].column < place.column);
            else if (item.maker != noItem && item.inputs.empty())
                QVERIFY(layout.places[item.maker].row < place.row && layout.places[item.maker].column <= place.column);
            for (const quint32 input : item.inputs)
                QVERIFY(layout.places[input].column < place.column);
            QCOMPARE(layout.at(place), i);
        }
        const auto all = layout.within(0, layout.columns, 0, layout.rows);
        QCOMPARE(all.size(), picture.items.size());
    }
}

/// Between two microtasks what stands keeps its place, whatever comes.
void PromisePictureTest::nothingMoves()
{
    QFETCH(const quint32, seed);
    const Folded folded(PromiseMachine(seed, 1500).events);
    std::map<SubjectId, PromisePlace> before;
    for (quint64 cursor = 1; cursor <= folded.events.size(); ++cursor) {
        if (folded.events[cursor - 1].kind != EventKind::TaskEnded || cursor % 5 != 0)
            continue;
        const PromisePicture picture = folded.picture(cursor, eachOne());
        const PromiseLayout layout = PromiseLayout::compute(picture.items);
        std::map<SubjectId, PromisePlace> now;
        for (quint32 i = 0; i < picture.items.size(); ++i)
            now[folded.graph.nodes()[picture.items[i].node].id] = layout.places[i];
        for (const auto &[promise, place] : before)
            QCOMPARE(now.at(promise), place);
        before = std::move(now);
    }
    QVERIFY(!before.empty());
}

void PromisePictureTest::manyAlikeAreOne()
{
    const Folded folded(manyAlike(2500));
    const PromisePicture picture = folded.picture(folded.events.size(), {});
    QVERIFY(picture.isGrouped);
    QCOMPARE(picture.items.size(), size_t(2));
    QCOMPARE(picture.items.at(0).count, 2500U);
    QCOMPARE(picture.items.at(0).pending, 2500U - 834U);
    QCOMPARE(picture.edges.size(), size_t(1));
    QCOMPARE(picture.edges.front().from, 0U);
    QCOMPARE(picture.shown, size_t(5000));
    QVERIFY(!folded.picture(100, {}).isGrouped);
    // Each of a group.
    PromiseChoice choice;
    choice.alike = 2;
    const PromisePicture each = folded.picture(folded.events.size(), choice);
    QCOMPARE(each.items.size(), size_t(2500));
    QCOMPARE(each.total, size_t(5000));
}

void PromisePictureTest::longChainIsOne()
{
    std::vector<Event> events{made(EventKind::PromiseCreated, 1, static_cast<int>(PromiseOrigin::Resolve), 0, 3)};
    for (SubjectId id = 2; id <= 1000; ++id) {
        events.push_back(made(EventKind::PromiseCreated, id, static_cast<int>(PromiseOrigin::Then), id - 1, 8));
        events.push_back(made(EventKind::ReactionAdded, id - 1, static_cast<int>(ReactionKind::Then), id, 9));
    }
    const Folded folded(events);
    const PromisePicture picture = folded.picture(events.size(), {});
    QCOMPARE(picture.items.size(), size_t(2));
    QCOMPARE(picture.items.at(1).count, 999U);
}

void PromisePictureTest::choosesByState()
{
    std::vector<Event> events = manyAlike(9);
    events.push_back(made(EventKind::PromiseRejected, 3));
    const Folded folded(events);
    PromiseChoice choice;
    choice.only = PromiseChoice::Only::Rejected;
    const PromisePicture rejected = folded.picture(events.size(), choice);
    QCOMPARE(rejected.items.size(), size_t(1));
    QCOMPARE(rejected.items.front().outcome(), PromiseOutcome::Rejected);
    QCOMPARE(rejected.total, size_t(18));
    QVERIFY(folded.picture(events.size() - 1, choice).items.empty());
    choice.only = PromiseChoice::Only::Pending;
    QCOMPARE(folded.picture(events.size(), choice).items.size(), size_t(14));
}

void PromisePictureTest::focusShowsRelatives()
{
    const Folded folded(manyAlike(50));
    PromiseChoice choice;
    choice.focus = 20;
    const PromisePicture picture = folded.picture(folded.events.size(), choice);
    QCOMPARE(picture.items.size(), size_t(2));
    QCOMPARE(folded.graph.nodes()[picture.items.at(0).node].id, 19U);
    QCOMPARE(picture.items.at(1).source, 0U);
}

void PromisePictureTest::oldOnesAreLeftOutButNotPendingOnes()
{
    const Folded folded(manyAlike(3000));
    PromiseChoice choice = eachOne();
    choice.most = 2500;
    const PromisePicture picture = folded.picture(folded.events.size(), choice);
    QCOMPARE(picture.total, size_t(6000));
    QCOMPARE(picture.shown + picture.leftOut, picture.total);
    QVERIFY(picture.shown <= 2500 + 1000);
    QVERIFY(picture.items.front().pending == 1);
    // The newest are there.
    QCOMPARE(folded.graph.nodes()[picture.items.back().node].id, 6000U);
}

void PromisePictureTest::changesAreMarkedAndTurnsTold()
{
    std::vector<Event> events = manyAlike(2);
    for (SubjectId task = 100; task < 103; ++task) {
        Event queued = made(EventKind::TaskCreated, task, static_cast<int>(TaskKind::PromiseReaction));
        queued.cause = task == 101 ? 1 : 77;
        events.push_back(queued);
    }
    const Folded folded(events);
    const PromisePicture picture = folded.picture(events.size() - 1, {}, true);
    const auto edge = std::find_if(picture.edges.begin(), picture.edges.end(), [](const PromiseEdge &each) { return each.isChanged; });
    QVERIFY(edge != picture.edges.end());
    QCOMPARE(edge->reaction, JobStage::Queued);
    QCOMPARE(edge->reactionTurn, 2U);
    const PromisePicture settled = folded.picture(4, {}, true);
    QVERIFY(settled.items.at(0).isChanged && !settled.items.at(1).isChanged);
    QVERIFY(!folded.picture(4, {}).items.at(0).isChanged);
}

/// A model that keeps only a stretch says of its promises what the whole graph says, wherever the cursor goes.
void PromisePictureTest::stretchAgreesWithTheWhole()
{
    const PromiseMachine machine(5, 12'000);
    const Folded folded(machine.events);
    QTemporaryDir folder;
    QString error;
    const auto writer = RecordingWriter::create(folder.filePath(QStringLiteral("machine.lscope")), &error);
    QVERIFY(writer);
    for (const Event &event : machine.events)
        writer->append(event);
    writer->finish();
    RecordingReader reader;
    QVERIFY(reader.open(folder.filePath(QStringLiteral("machine.lscope"))));
    RecordingIndex index;
    index.update(reader);
    const EventText text(reader, index);
    PromiseModel model(2000);
    model.setSource(&reader, &index, &text);
    std::mt19937 random(1);
    bool wasCut = false;
    for (int i = 0; i < 40; ++i) {
        const quint64 cursor =
            i % 4 == 0 ? random() % machine.events.size() : std::min<quint64>(model.graph().end() + 1, machine.events.size());
        const LoopState state = folded.at(cursor);
        model.moveTo(state);
        QVERIFY(model.graph().end() >= cursor && model.graph().end() - model.graph().from() <= 4100);
        wasCut = wasCut || model.stretchBegins() > 0;
        const PromisePicture picture = model.picture(state, eachOne(), {}, false);
        std::set<SubjectId> shown;
        for (const PromiseItem &item : picture.items) {
            const PromiseNode &node = model.graph().nodes()[item.node];
            shown.insert(node.id);
            QCOMPARE(node.outcome(cursor), folded.graph.nodes()[*folded.graph.find(node.id)].outcome(cursor));
        }
        state.unsettledPromises.visit([&](SubjectId id, const PromiseState &) {
            if (picture.leftOut == 0 && picture.total < 900 && !shown.contains(id))
                qFatal("pending promise %u is missing at %llu", id, cursor);
            return true;
        });
    }
    QVERIFY(wasCut);
}

} // namespace loopscope

QTEST_GUILESS_MAIN(loopscope::PromisePictureTest)
#include "PromisePictureTest.moc"
