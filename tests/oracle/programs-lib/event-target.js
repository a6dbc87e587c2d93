// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const attempt = (label, body) => { try { console.log(label, body()); } catch (error) { console.log(label, error.name, error.code, error.message); } };
const target = new EventTarget();
const log = (name) => (event) => console.log(name, event.type, event.target === target, event.currentTarget === target, event.eventPhase);
const one = log('one');
target.addEventListener('x', one); target.addEventListener('x', one); target.addEventListener('x', one, true); target.addEventListener('x', log('once'), { once: true });
target.addEventListener('x', { handleEvent(event) { console.log('object', event.type, this === undefined); } });
console.log(target.dispatchEvent(new Event('x'))); target.removeEventListener('x', one); target.dispatchEvent(new Event('x')); target.removeEventListener('x', one, { capture: true }); target.dispatchEvent(new Event('x'));
const cancelable = new Event('c', { cancelable: true, bubbles: true, composed: true });
target.addEventListener('c', (event) => { event.preventDefault(); event.stopImmediatePropagation(); console.log(event.composedPath().length, event.defaultPrevented, event.returnValue, event.cancelBubble); });
target.addEventListener('c', () => console.log('not reached'));
console.log(target.dispatchEvent(cancelable), cancelable.currentTarget, cancelable.bubbles, cancelable.composed, cancelable.isTrusted, cancelable.composedPath(), cancelable.eventPhase, typeof cancelable.timeStamp);
target.addEventListener('p', (event) => event.preventDefault()); console.log(target.dispatchEvent(new Event('p')));
console.log(new CustomEvent('d', { detail: { a: 1 } }).detail, new CustomEvent('d').detail, Event.NONE, Event.BUBBLING_PHASE, Object.prototype.toString.call(new Event('t')), Object.prototype.toString.call(target), target);
const shown = require('util').inspect(new Event('s')).replace(/timeStamp: [\d.]+/, 'timeStamp: N'); console.log(shown);
attempt('none', () => new Event()); attempt('options', () => new Event('x', 5)); attempt('args', () => target.addEventListener('x')); attempt('listener', () => target.addEventListener('x', 'y')); attempt('event', () => target.dispatchEvent('x')); attempt('no event', () => target.dispatchEvent()); attempt('this', () => EventTarget.prototype.dispatchEvent.call({}, new Event('x'))); attempt('bad signal', () => target.addEventListener('x', () => {}, { signal: 1 })); attempt('recursion', () => { const event = new Event('r'); let caught; target.addEventListener('r', () => { try { target.dispatchEvent(event); } catch (error) { caught = error.code + error.message; } }); target.dispatchEvent(event); return caught; });
target.addEventListener('null', null); target.addEventListener('removed', function f() { target.removeEventListener('removed', g); console.log('f'); }); function g() { console.log('g'); } target.addEventListener('removed', g); target.dispatchEvent(new Event('removed'));

const controller = new AbortController(); const { signal } = controller;
console.log(controller, signal, signal.aborted, signal.reason, signal.onabort, Object.prototype.toString.call(signal), Object.prototype.toString.call(controller));
target.addEventListener('s', () => console.log('with signal'), { signal }); target.dispatchEvent(new Event('s'));
signal.addEventListener('abort', (event) => console.log('abort event', event.type, event.isTrusted, event.target === signal)); signal.onabort = function(event) { console.log('onabort', event.type, this === signal); };
controller.abort(); controller.abort('again'); target.dispatchEvent(new Event('s')); console.log(signal.aborted, signal.reason.name, signal.reason.message, signal.reason.code, signal.reason instanceof DOMException, signal.reason instanceof Error);
attempt('throwIfAborted', () => signal.throwIfAborted()); attempt('fine', () => new AbortController().signal.throwIfAborted()); attempt('illegal', () => new AbortSignal()); attempt('timeout', () => AbortSignal.timeout(-1)); attempt('any', () => AbortSignal.any(5)); attempt('any', () => AbortSignal.any([1])); attempt('any', () => AbortSignal.any([undefined]));
console.log(AbortSignal.abort('why').reason, AbortSignal.abort().reason.message, AbortSignal.any([]).aborted);
const left = new AbortController(); const right = new AbortController(); const any = AbortSignal.any([left.signal, AbortSignal.any([right.signal])]); any.onabort = () => console.log('any', any.reason); right.abort('right'); left.abort('left'); console.log(any.aborted, AbortSignal.any([signal]).aborted);
const timed = AbortSignal.timeout(60); timed.onabort = () => console.log('timed', timed.reason.name, timed.reason.message, timed.reason.code); setTimeout(() => {}, 120);
const dom = new DOMException('msg', 'NotFoundError'); console.log(dom.name, dom.message, dom.code, DOMException.NOT_FOUND_ERR, dom.NOT_FOUND_ERR, String(dom), Object.prototype.toString.call(dom), Object.keys(dom), new DOMException().name, new DOMException('m', { name: 'X', cause: 5 }).cause, require('util').types.isNativeError(dom), dom.stack.split('\n')[0]);
console.log(require('util').inspect(dom).split('\n')[0]);
process.on('uncaughtException', (error) => console.log('uncaught', error.message));
target.addEventListener('throws', () => { throw new Error('from listener'); }); target.addEventListener('throws', async () => { throw new Error('from async'); }); target.addEventListener('throws', { handleEvent() { throw new Error('from object'); } }); console.log(target.dispatchEvent(new Event('throws')));
process.on('warning', (warning) => console.log(warning.name, warning.message)); for (let i = 0; i < 11; ++i) target.addEventListener('many', () => {});
process.nextTick(() => console.log('tick')); Promise.resolve().then(() => console.log('microtask'));
