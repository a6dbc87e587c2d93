// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/node/NodeTypes.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

struct NamedType
{
    const char *name;
    NodeType type;
};

using Kind = NodeType::Kind;

// The providers of Node 20's src/async_wrap.h, and what its JavaScript makes.
constexpr std::array types = {
    NamedType{"PROMISE", {Kind::Promise}},
    NamedType{"TickObject", {Kind::Tick}},
    NamedType{"Microtask", {Kind::Microtask}},
    NamedType{"Timeout", {Kind::Timer}},
    NamedType{"Immediate", {Kind::Immediate}},
    NamedType{"LoopscopeTimer", {Kind::Own}},
    NamedType{"FSREQCALLBACK", {Kind::Request, IoKind::File}},
    NamedType{"FSREQPROMISE", {Kind::Request, IoKind::File}},
    NamedType{"FILEHANDLECLOSEREQ", {Kind::Request, IoKind::File}},
    NamedType{"FILEHANDLE", {Kind::Handle, IoKind::File}},
    NamedType{"BLOBREADER", {Kind::Handle, IoKind::File}},
    NamedType{"STATWATCHER", {Kind::Handle, IoKind::File}},
    NamedType{"FSEVENTWRAP", {Kind::Handle, IoKind::File}},
    NamedType{"DIRHANDLE", {Kind::Handle, IoKind::Directory}},
    NamedType{"GETADDRINFOREQWRAP", {Kind::Request, IoKind::Dns}},
    NamedType{"GETNAMEINFOREQWRAP", {Kind::Request, IoKind::Dns}},
    NamedType{"QUERYWRAP", {Kind::Request, IoKind::Dns}},
    NamedType{"DNSCHANNEL", {Kind::Handle, IoKind::Dns}},
    NamedType{"TCPCONNECTWRAP", {Kind::Request, IoKind::Tcp}},
    NamedType{"WRITEWRAP", {Kind::Request, IoKind::Tcp}},
    NamedType{"SHUTDOWNWRAP", {Kind::Request, IoKind::Tcp}},
    NamedType{"TCPWRAP", {Kind::Handle, IoKind::Tcp}},
    NamedType{"TCPSERVERWRAP", {Kind::Handle, IoKind::Tcp}},
    NamedType{"TLSWRAP", {Kind::Handle, IoKind::Tcp}},
    NamedType{"HTTPINCOMINGMESSAGE", {Kind::Handle, IoKind::Tcp}},
    NamedType{"HTTPCLIENTREQUEST", {Kind::Handle, IoKind::Tcp}},
    NamedType{"HTTP2SESSION", {Kind::Handle, IoKind::Tcp}},
    NamedType{"HTTP2STREAM", {Kind::Handle, IoKind::Tcp}},
    NamedType{"PIPECONNECTWRAP", {Kind::Request, IoKind::Pipe}},
    NamedType{"PIPEWRAP", {Kind::Handle, IoKind::Pipe}},
    NamedType{"PIPESERVERWRAP", {Kind::Handle, IoKind::Pipe}},
    NamedType{"TTYWRAP", {Kind::Handle, IoKind::Pipe}},
    NamedType{"UDPSENDWRAP", {Kind::Request, IoKind::Other}},
    NamedType{"PROCESSWRAP", {Kind::Handle, IoKind::Process}},
    NamedType{"WORKER", {Kind::Handle, IoKind::Process}},
    NamedType{"ZLIB", {Kind::Handle, IoKind::Compression}},
    NamedType{"PBKDF2REQUEST", {Kind::Request, IoKind::Crypto}},
    NamedType{"SCRYPTREQUEST", {Kind::Request, IoKind::Crypto}},
    NamedType{"RANDOMBYTESREQUEST", {Kind::Request, IoKind::Crypto}},
    NamedType{"RANDOMPRIMEREQUEST", {Kind::Request, IoKind::Crypto}},
    NamedType{"CHECKPRIMEREQUEST", {Kind::Request, IoKind::Crypto}},
    NamedType{"CIPHERREQUEST", {Kind::Request, IoKind::Crypto}},
    NamedType{"DERIVEBITSREQUEST", {Kind::Request, IoKind::Crypto}},
    NamedType{"HASHREQUEST", {Kind::Request, IoKind::Crypto}},
    NamedType{"KEYEXPORTREQUEST", {Kind::Request, IoKind::Crypto}},
    NamedType{"KEYGENREQUEST", {Kind::Request, IoKind::Crypto}},
    NamedType{"KEYPAIRGENREQUEST", {Kind::Request, IoKind::Crypto}},
    NamedType{"SIGNREQUEST", {Kind::Request, IoKind::Crypto}},
    NamedType{"VERIFYREQUEST", {Kind::Request, IoKind::Crypto}},
};

} // namespace

NodeType NodeType::named(const QString &name)
{
    const auto found = std::find_if(types.begin(), types.end(), [&](const NamedType &entry) { return name == QLatin1String(entry.name); });
    return found == types.end() ? NodeType() : found->type;
}

} // namespace loopscope
