// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// One function for each global name beyond the language itself; it gives the value when the name is first used.

const abort = (name) => () => require('./internal/abort')[name];
const events = (name) => () => require('./internal/event-target')[name];

const ports = (name) => () => require('./internal/message-port')[name];
const timing = (name) => () => require('./internal/performance')[name];

module.exports = {
  atob: () => require('./buffer').atob,
  Blob: () => require('./internal/blob').Blob,
  btoa: () => require('./buffer').btoa,
  Buffer: () => require('./buffer').Buffer,
  File: () => require('./internal/blob').File,
  TextDecoder: () => require('./internal/encoding').TextDecoder,
  TextEncoder: () => require('./internal/encoding').TextEncoder,
  BroadcastChannel: ports('BroadcastChannel'),
  MessageChannel: ports('MessageChannel'),
  MessageEvent: ports('MessageEvent'),
  MessagePort: ports('MessagePort'),
  performance: timing('performance'),
  Performance: timing('Performance'),
  PerformanceEntry: timing('PerformanceEntry'),
  PerformanceMark: timing('PerformanceMark'),
  PerformanceMeasure: timing('PerformanceMeasure'),
  PerformanceResourceTiming: timing('PerformanceResourceTiming'),
  PerformanceObserver: timing('PerformanceObserver'),
  PerformanceObserverEntryList: timing('PerformanceObserverEntryList'),
  structuredClone: () => require('./internal/structured-clone').structuredClone,
  URL: () => require('./internal/url-class').URL,
  URLSearchParams: () => require('./internal/url-search-params').URLSearchParams,
  AbortController: abort('AbortController'),
  AbortSignal: abort('AbortSignal'),
  Crypto: () => require('./internal/web-crypto').Crypto,
  crypto: () => require('./internal/web-crypto').crypto,
  CryptoKey: () => require('./internal/crypto-key').CryptoKey,
  SubtleCrypto: () => require('./internal/web-crypto').SubtleCrypto,
  CustomEvent: events('CustomEvent'),
  DOMException: () => require('./internal/dom-exception').DOMException,
  Event: events('Event'),
  EventTarget: events('EventTarget'),
};

for (const name of ['ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest',
                    'ReadableByteStreamController', 'ReadableStreamDefaultController', 'TransformStream', 'TransformStreamDefaultController',
                    'WritableStream', 'WritableStreamDefaultWriter', 'WritableStreamDefaultController', 'ByteLengthQueuingStrategy',
                    'CountQueuingStrategy', 'TextEncoderStream', 'TextDecoderStream', 'CompressionStream', 'DecompressionStream']) {
  module.exports[name] = () => require('./stream-web')[name];
}

for (const name of ['fetch', 'FormData', 'Headers', 'Request', 'Response']) module.exports[name] = () => require('./internal/fetch')[name];
