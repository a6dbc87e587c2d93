// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/HandleProvider.h"

namespace loopscope {

/// Passes everything on to another HandleProvider; who wants to know of something, or to have it otherwise, overrides that.
class HandleDecorator : public HandleProvider
{
public:
    /// `inner` has to live longer.
    explicit HandleDecorator(HandleProvider &inner)
        : m_inner(inner)
    {
    }

    int open(HandleId handle, HandleKind kind) override { return m_inner.open(handle, kind); }
    EventTurn fetch(HandleEvent *event) override { return m_inner.fetch(event); }
    void leaveRest(HandleId handle) override { m_inner.leaveRest(handle); }
    void close(HandleId handle) override { m_inner.close(handle); }
    void closeAll() override { m_inner.closeAll(); }
    int reset(HandleId handle) override { return m_inner.reset(handle); }
    int bind(HandleId handle, const Endpoint &endpoint, int flags) override { return m_inner.bind(handle, endpoint, flags); }
    int listen(HandleId server, int backlog) override { return m_inner.listen(server, backlog); }
    int accept(HandleId server, HandleId handle) override { return m_inner.accept(server, handle); }
    int connect(HandleId handle, SubjectId request, const Endpoint &endpoint) override
    {
        return m_inner.connect(handle, request, endpoint);
    }
    int setReading(HandleId handle, bool isReading) override { return m_inner.setReading(handle, isReading); }
    WriteOutcome write(HandleId handle, SubjectId request, const QByteArray &bytes) override
    {
        return m_inner.write(handle, request, bytes);
    }
    WriteOutcome writeWithHandle(HandleId handle, SubjectId request, const QByteArray &bytes, HandleId sent) override
    {
        return m_inner.writeWithHandle(handle, request, bytes, sent);
    }
    std::shared_ptr<HandleInFlight> share(HandleId handle) override { return m_inner.share(handle); }
    int adopt(HandleId handle, HandleInFlight &shared) override { return m_inner.adopt(handle, shared); }
    int shutdown(HandleId handle, SubjectId request) override { return m_inner.shutdown(handle, request); }
    void proceed(HandleId handle, SubjectId request) override { m_inner.proceed(handle, request); }
    qint64 queuedBytes(HandleId handle) const override { return m_inner.queuedBytes(handle); }
    int localEndpoint(HandleId handle, Endpoint *endpoint) const override { return m_inner.localEndpoint(handle, endpoint); }
    int remoteEndpoint(HandleId handle, Endpoint *endpoint) const override { return m_inner.remoteEndpoint(handle, endpoint); }
    int setNoDelay(HandleId handle, bool isOn) override { return m_inner.setNoDelay(handle, isOn); }
    int setKeepAlive(HandleId handle, bool isOn, int seconds) override { return m_inner.setKeepAlive(handle, isOn, seconds); }
    int openDescriptor(HandleId handle, int descriptor) override { return m_inner.openDescriptor(handle, descriptor); }
    int setReceiving(HandleId handle, bool isReceiving) override { return m_inner.setReceiving(handle, isReceiving); }
    WriteOutcome send(HandleId handle, SubjectId request, const QByteArray &bytes, const Endpoint *to) override
    {
        return m_inner.send(handle, request, bytes, to);
    }
    int setPeer(HandleId handle, const Endpoint *peer) override { return m_inner.setPeer(handle, peer); }
    int setMembership(
        HandleId handle, const QByteArray &group, const QByteArray &interface, const QByteArray &source, bool isMember) override
    {
        return m_inner.setMembership(handle, group, interface, source, isMember);
    }
    int setMulticastInterface(HandleId handle, const QByteArray &interface) override
    {
        return m_inner.setMulticastInterface(handle, interface);
    }
    int setOption(HandleId handle, HandleOption option, int value) override { return m_inner.setOption(handle, option, value); }
    int option(HandleId handle, HandleOption option) const override { return m_inner.option(handle, option); }
    int spawn(HandleId process, const ProcessOptions &options) override { return m_inner.spawn(process, options); }
    int kill(HandleId process, int signal) override { return m_inner.kill(process, signal); }
    int watch(HandleId watcher, const QByteArray &path) override { return m_inner.watch(watcher, path); }
    int watchSignal(HandleId handle, int signal) override { return m_inner.watchSignal(handle, signal); }

protected:
    HandleProvider &inner() const { return m_inner; }

private:
    HandleProvider &m_inner;
};

} // namespace loopscope
