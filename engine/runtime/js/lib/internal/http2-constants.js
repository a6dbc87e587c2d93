// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// http2.constants: RFC 9113 (frames, settings, error codes), and names of header fields and methods. Libraries read them when they load.

const { STATUS_CODES } = require('../http');

const pseudoHeaders = 'status method authority scheme path protocol';
const headers = 'accept-encoding accept-language accept-ranges accept access-control-allow-credentials access-control-allow-headers ' +
  'access-control-allow-methods access-control-allow-origin access-control-expose-headers access-control-request-headers ' +
  'access-control-request-method age authorization cache-control connection content-disposition content-encoding content-length ' +
  'content-type cookie date etag forwarded host if-modified-since if-none-match if-range last-modified link location range ' +
  'referer server set-cookie strict-transport-security transfer-encoding te upgrade-insecure-requests upgrade user-agent vary ' +
  'x-content-type-options x-frame-options keep-alive proxy-connection x-xss-protection alt-svc content-security-policy ' +
  'early-data expect-ct origin purpose timing-allow-origin x-forwarded-for priority accept-charset access-control-max-age allow ' +
  'content-language content-location content-md5 content-range dnt expect expires from if-match if-unmodified-since max-forwards ' +
  'prefer proxy-authenticate proxy-authorization refresh retry-after trailer tk via warning www-authenticate http2-settings';
const methods = 'ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT CONNECT COPY DELETE GET HEAD LABEL LINK LOCK MERGE MKACTIVITY MKCALENDAR MKCOL ' +
  'MKREDIRECTREF MKWORKSPACE MOVE OPTIONS ORDERPATCH PATCH POST PRI PROPFIND PROPPATCH PUT REBIND REPORT SEARCH TRACE UNBIND ' +
  'UNCHECKOUT UNLINK UNLOCK UPDATE UPDATEREDIRECTREF VERSION-CONTROL';

const constants = {
  NGHTTP2_ERR_FRAME_SIZE_ERROR: -522,
  NGHTTP2_FLAG_NONE: 0, NGHTTP2_FLAG_END_STREAM: 1, NGHTTP2_FLAG_END_HEADERS: 4, NGHTTP2_FLAG_ACK: 1, NGHTTP2_FLAG_PADDED: 8,
  NGHTTP2_FLAG_PRIORITY: 32,
  DEFAULT_SETTINGS_HEADER_TABLE_SIZE: 4096, DEFAULT_SETTINGS_ENABLE_PUSH: 1, DEFAULT_SETTINGS_MAX_CONCURRENT_STREAMS: 2 ** 32 - 1,
  DEFAULT_SETTINGS_INITIAL_WINDOW_SIZE: 65535, DEFAULT_SETTINGS_MAX_FRAME_SIZE: 16384, DEFAULT_SETTINGS_MAX_HEADER_LIST_SIZE: 65535,
  DEFAULT_SETTINGS_ENABLE_CONNECT_PROTOCOL: 0,
  MAX_MAX_FRAME_SIZE: 2 ** 24 - 1, MIN_MAX_FRAME_SIZE: 16384, MAX_INITIAL_WINDOW_SIZE: 2 ** 31 - 1,
  NGHTTP2_SETTINGS_HEADER_TABLE_SIZE: 1, NGHTTP2_SETTINGS_ENABLE_PUSH: 2, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS: 3,
  NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE: 4, NGHTTP2_SETTINGS_MAX_FRAME_SIZE: 5, NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE: 6,
  NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL: 8,
  PADDING_STRATEGY_NONE: 0, PADDING_STRATEGY_ALIGNED: 1, PADDING_STRATEGY_MAX: 2, PADDING_STRATEGY_CALLBACK: 1,
  NGHTTP2_DEFAULT_WEIGHT: 16,
};

/** Numbers names of a list, separated by spaces, from `first`. */
function number(prefix, first, names) {
  names.split(' ').forEach((name, index) => { constants[prefix + name] = first + index; });
}

const nameOf = (text) => text.toUpperCase().replace(/[ -]/g, '_').replace(/\W/g, '');

number('NGHTTP2_SESSION_', 0, 'SERVER CLIENT');
number('NGHTTP2_STREAM_STATE_', 1, 'IDLE OPEN RESERVED_LOCAL RESERVED_REMOTE HALF_CLOSED_LOCAL HALF_CLOSED_REMOTE CLOSED');
number('NGHTTP2_', 0, 'NO_ERROR PROTOCOL_ERROR INTERNAL_ERROR FLOW_CONTROL_ERROR SETTINGS_TIMEOUT STREAM_CLOSED FRAME_SIZE_ERROR ' +
  'REFUSED_STREAM CANCEL COMPRESSION_ERROR CONNECT_ERROR ENHANCE_YOUR_CALM INADEQUATE_SECURITY HTTP_1_1_REQUIRED');
for (const header of pseudoHeaders.split(' ')) constants[`HTTP2_HEADER_${nameOf(header)}`] = `:${header}`;
for (const header of headers.split(' ')) constants[`HTTP2_HEADER_${nameOf(header)}`] = header;
for (const method of methods.split(' ')) constants[`HTTP2_METHOD_${nameOf(method)}`] = method;
for (const [status, text] of Object.entries(STATUS_CODES)) constants[`HTTP_STATUS_${status === '418' ? 'TEAPOT' : nameOf(text)}`] = Number(status);

module.exports = constants;
