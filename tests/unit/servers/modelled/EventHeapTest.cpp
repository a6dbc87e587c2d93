// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/modelled/EventHeap.h"

#include <QTest>

#include <random>

using namespace loopscope;

class EventHeapTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyHasNoTime();
    void givesEventsInOrder();
    void sameMomentInOrderOfAdding();
};

void EventHeapTest::emptyHasNoTime()
{
    EventHeap heap;
    QCOMPARE(heap.nextTime(), EventHeap::kNever);
    heap.add(5, EventHeap::Kind::Core, 3);
    QCOMPARE(heap.nextTime(), qint64(5));
    const EventHeap::Event event = heap.takeFirst();
    QVERIFY(event.kind() == EventHeap::Kind::Core);
    QCOMPARE(event.index(), 3U);
    QCOMPARE(heap.nextTime(), EventHeap::kNever);
}

void EventHeapTest::givesEventsInOrder()
{
    std::mt19937_64 random(1);
    EventHeap heap;
    std::vector<qint64> waiting;
    for (int round = 0; round < 20'000; ++round) {
        if (waiting.empty() || random() % 3 != 0) {
            const auto time = static_cast<qint64>(random() % 100'000);
            heap.add(time, EventHeap::Kind::Wake, static_cast<quint32>(time));
            waiting.push_back(time);
        } else {
            const auto least = std::min_element(waiting.begin(), waiting.end());
            const EventHeap::Event event = heap.takeFirst();
            QCOMPARE(event.time, *least);
            QCOMPARE(event.index(), static_cast<quint32>(*least));
            waiting.erase(least);
        }
    }
    QCOMPARE(heap.size(), waiting.size());
}

void EventHeapTest::sameMomentInOrderOfAdding()
{
    EventHeap heap;
    for (quint32 i = 0; i < 1000; ++i)
        heap.add(i % 2 == 0 ? 7 : 8, EventHeap::Kind::Think, i);
    for (quint32 i = 0; i < 1000; i += 2)
        QCOMPARE(heap.takeFirst().index(), i);
    for (quint32 i = 1; i < 1000; i += 2)
        QCOMPARE(heap.takeFirst().index(), i);
}

QTEST_GUILESS_MAIN(EventHeapTest)
#include "EventHeapTest.moc"
