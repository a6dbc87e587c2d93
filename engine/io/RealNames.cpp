// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/RealNames.h"

#include "io/NameOperations.h"
#include "io/OperationArguments.h"
#include "io/SystemErrors.h"

#include <array>
#include <cerrno>
#include <memory>
#include <netdb.h>
#include <uv.h>

namespace loopscope {

namespace {

/// The number that libuv gives a failure of getaddrinfo(3) (uv__getaddrinfo_translate_error).
int libuvNumber(int failure)
{
    switch (failure) {
    case EAI_AGAIN:
        return UV_EAI_AGAIN;
    case EAI_BADFLAGS:
        return UV_EAI_BADFLAGS;
    case EAI_FAIL:
        return UV_EAI_FAIL;
    case EAI_FAMILY:
        return UV_EAI_FAMILY;
    case EAI_MEMORY:
        return UV_EAI_MEMORY;
    case EAI_SERVICE:
        return UV_EAI_SERVICE;
    case EAI_SOCKTYPE:
        return UV_EAI_SOCKTYPE;
    case EAI_SYSTEM:
        return -errno;
    default: // EAI_NONAME, and EAI_NODATA where there is one
        return UV_EAI_NONAME;
    }
}

IoResult failed(int failure, const char *syscall)
{
    const int number = libuvNumber(failure);
    IoResult result;
    result.error.errorNumber = number;
    result.error.code = QLatin1String(uv_err_name(number));
    result.error.description = QLatin1String(uv_strerror(number));
    result.error.syscall = QLatin1String(syscall);
    return result;
}

IoResult addresses(const QByteArray &hostname, int family)
{
    addrinfo hints = {};
    hints.ai_family = family == 4 ? AF_INET : family == 6 ? AF_INET6 : AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *answer = nullptr;
    if (const int failure = getaddrinfo(hostname.constData(), nullptr, &hints, &answer); failure != 0)
        return failed(failure, "getaddrinfo");
    const std::unique_ptr<addrinfo, void (*)(addrinfo *)> owned(answer, &freeaddrinfo);
    QStringList list;
    for (const addrinfo *entry = answer; entry; entry = entry->ai_next) {
        std::array<char, INET6_ADDRSTRLEN> text = {};
        const int error = entry->ai_family == AF_INET6
            ? uv_ip6_name(reinterpret_cast<const sockaddr_in6 *>(entry->ai_addr), text.data(), text.size())
            : uv_ip4_name(reinterpret_cast<const sockaddr_in *>(entry->ai_addr), text.data(), text.size());
        if (error == 0)
            list.append(QLatin1String(text.data()));
    }
    return {{}, {list}};
}

IoResult names(const QByteArray &address, int port)
{
    sockaddr_storage storage = {};
    const bool isIpv6 = address.contains(':');
    if (isIpv6)
        uv_ip6_addr(address.constData(), port, reinterpret_cast<sockaddr_in6 *>(&storage));
    else
        uv_ip4_addr(address.constData(), port, reinterpret_cast<sockaddr_in *>(&storage));
    std::array<char, NI_MAXHOST> host = {};
    std::array<char, NI_MAXSERV> service = {};
    const socklen_t length = isIpv6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
    // Node asks for a name, not for the address again.
    const int failure = getnameinfo(
        reinterpret_cast<const sockaddr *>(&storage), length, host.data(), host.size(), service.data(), service.size(), NI_NAMEREQD);
    if (failure != 0)
        return failed(failure, "getnameinfo");
    return {{}, {QStringList{QString::fromUtf8(host.data()), QString::fromUtf8(service.data())}}};
}

} // namespace

IoResult RealNames::perform(const IoOperation &operation)
{
    const OperationArguments arguments(operation.arguments);
    if (operation.name == QLatin1String("getaddrinfo"))
        return addresses(arguments.bytes(0), arguments.integer(1, 0));
    if (operation.name == QLatin1String("getnameinfo"))
        return names(arguments.bytes(0), arguments.integer(1, 0));
    IoResult unknown;
    unknown.error = makeIoError(-ENOSYS, operation.name);
    return unknown;
}

} // namespace loopscope
