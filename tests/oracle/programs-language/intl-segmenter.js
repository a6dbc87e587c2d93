// Segments of texts: grapheme clusters, words, sentences.
const s = new Intl.Segmenter();
console.log(s, Object.prototype.toString.call(s), Intl.Segmenter.length, s.resolvedOptions());
const r = s.segment('aé👨‍👩‍👧🇩🇪\r\n'); console.log(r, [...r], r.containing(3), r.containing(100), r.containing());
const w = new Intl.Segmenter('en', { granularity: 'word' }); console.log([...w.segment("Hello, world 42! don't")]);
const p = new Intl.Segmenter('de', { granularity: 'sentence' }); console.log([...p.segment('Eins. Zwei? Drei')].map((x) => x.segment), p.resolvedOptions());
console.log(Intl.Segmenter.supportedLocalesOf(['en', 'de']));
for (const f of [() => Intl.Segmenter(), () => new Intl.Segmenter('en', { granularity: 'x' }), () => new Intl.Segmenter('x_y'), () => s.segment(Symbol()), () => new Intl.Segmenter('en', 1) && 1]) { try { console.log(f()) } catch (e) { console.log(e.name, e.message) } }
const it = r[Symbol.iterator](); console.log(Object.prototype.toString.call(it), it.next(), it[Symbol.iterator]() === it);
