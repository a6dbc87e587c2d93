// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: rxjs
// does: Composes observables with time, switching, retries, sharing and subjects; tests marbles with virtual time.
const rx = require('rxjs');
const { TestScheduler } = require('rxjs/testing');

async function main() {
    await new Promise((done) => rx.interval(10).pipe(rx.take(4), rx.map((n) => n * n), rx.scan((sum, n) => sum + n, 0))
        .subscribe({ next: (n) => console.log('scan', n), complete: done }));

    console.log(await rx.lastValueFrom(rx.of('a', 'b').pipe(rx.concatMap((x) => rx.of(x, x + x).pipe(rx.delay(5))), rx.toArray())));
    console.log(await rx.lastValueFrom(rx.from([1, 2, 3]).pipe(rx.mergeMap((n) => rx.timer(200 - n * 50).pipe(rx.map(() => n))), rx.toArray())));
    console.log(await rx.lastValueFrom(rx.timer(0, 100).pipe(rx.take(3), rx.switchMap((n) => rx.timer(0, 60).pipe(rx.take(3), rx.map((m) => `${n}.${m}`))), rx.toArray())));

    let tries = 0;
    const flaky = rx.defer(() => ++tries < 3 ? rx.throwError(() => new Error(`try ${tries}`)) : rx.of('worked'));
    console.log(await rx.firstValueFrom(flaky.pipe(rx.retry({ count: 5, delay: 5 }))), tries);
    await rx.firstValueFrom(rx.EMPTY).catch((error) => console.log(error.name, error.message));
    await rx.firstValueFrom(rx.NEVER.pipe(rx.timeout(10))).catch((error) => console.log(error.name, error.message));

    const subject = new rx.Subject();
    subject.pipe(rx.debounceTime(60)).subscribe((value) => console.log('debounced', value));
    for (const [value, at] of [['a', 0], ['b', 20], ['c', 200]])
        setTimeout(() => subject.next(value), at);
    await rx.firstValueFrom(rx.timer(350));

    const state = new rx.BehaviorSubject(0);
    const seen = [];
    state.subscribe((value) => seen.push(value));
    state.next(1);
    const replay = new rx.ReplaySubject(2);
    [1, 2, 3].forEach((n) => replay.next(n));
    replay.subscribe((n) => seen.push(`replay ${n}`));
    console.log(seen, state.value);

    let subscriptions = 0;
    const shared = new rx.Observable((observer) => { ++subscriptions; observer.next('x'); return () => console.log('torn down'); }).pipe(rx.share());
    const both = [shared.subscribe(), shared.subscribe()];
    both.forEach((subscription) => subscription.unsubscribe());
    console.log('subscriptions', subscriptions);

    rx.combineLatest({ a: rx.of(1, 2), b: rx.of('x', 'y') }).subscribe((pair) => console.log(pair));
    rx.zip(rx.of(1, 2, 3), rx.of('a', 'b')).subscribe({ next: (pair) => console.log(pair), complete: () => console.log('zipped') });
    rx.of(3, 1, 2).pipe(rx.groupBy((n) => n % 2), rx.mergeMap((group) => group.pipe(rx.toArray(), rx.map((all) => [group.key, all]))))
        .subscribe((group) => console.log('group', group));

    const { EventEmitter } = require('events');
    const emitter = new EventEmitter();
    const events = rx.fromEvent(emitter, 'data').pipe(rx.bufferCount(2)).subscribe((pair) => console.log('buffer', pair));
    [1, 2, 3, 4].forEach((n) => emitter.emit('data', n));
    events.unsubscribe();
    console.log(emitter.listenerCount('data'));

    new TestScheduler((actual, expected) => console.log('marbles', JSON.stringify(actual) === JSON.stringify(expected)))
        .run(({ cold, expectObservable }) => expectObservable(cold('-a-b-|').pipe(rx.delay(2))).toBe('---a-b-|'));
    for await (const value of rxToIterable(rx.range(1, 3)))
        console.log('iterated', value);
}
async function* rxToIterable(source) { yield* await rx.lastValueFrom(source.pipe(rx.toArray())); }
main();
