// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/EsbuildService.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QVariant>
#include <QtEndian>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace loopscope {

namespace {

constexpr char protocolVersion[] = "0.28.2"; // both sides must be of one version

/// Kinds of values in a packet.
enum class ValueKind : quint8 { Null = 0, Boolean = 1, Number = 2, String = 3, Bytes = 4, List = 5, Object = 6 };

void append32(QByteArray &out, quint32 value)
{
    std::array<char, 4> bytes{};
    qToLittleEndian(value, bytes.data());
    out.append(bytes.data(), 4);
}

void appendText(QByteArray &out, const QByteArray &text)
{
    append32(out, static_cast<quint32>(text.size()));
    out.append(text);
}

void appendKind(QByteArray &out, ValueKind kind) { out.append(static_cast<char>(kind)); }

QByteArray transformRequest(quint32 id, const QByteArray &text, const QByteArrayList &flags)
{
    QByteArray packet;
    packet.reserve(text.size() + 512);
    append32(packet, id << 1U);
    appendKind(packet, ValueKind::Object);
    append32(packet, 4);
    appendText(packet, "command");
    appendKind(packet, ValueKind::String);
    appendText(packet, "transform");
    appendText(packet, "flags");
    appendKind(packet, ValueKind::List);
    append32(packet, static_cast<quint32>(flags.size()));
    for (const QByteArray &flag : flags) {
        appendKind(packet, ValueKind::String);
        appendText(packet, flag);
    }
    appendText(packet, "inputFS");
    appendKind(packet, ValueKind::Boolean);
    packet.append('\0');
    appendText(packet, "input");
    appendKind(packet, ValueKind::Bytes);
    appendText(packet, text);
    QByteArray framed;
    framed.reserve(packet.size() + 4);
    append32(framed, static_cast<quint32>(packet.size()));
    return framed + packet;
}

/// Takes a packet apart. Texts and bytes both come out as QByteArray.
class PacketReader
{
public:
    explicit PacketReader(const QByteArray &packet)
        : m_packet(packet)
    {
    }

    quint32 read32()
    {
        if (m_packet.size() - m_at < 4) {
            m_failed = true;
            return 0;
        }
        const quint32 value = qFromLittleEndian<quint32>(m_packet.constData() + m_at);
        m_at += 4;
        return value;
    }

    QByteArray readText()
    {
        const qsizetype length = read32();
        if (m_failed || length > m_packet.size() - m_at) {
            m_failed = true;
            return {};
        }
        const QByteArray text = m_packet.mid(m_at, length);
        m_at += length;
        return text;
    }

    QVariant readValue()
    {
        if (m_failed || m_at >= m_packet.size()) {
            m_failed = true;
            return {};
        }
        switch (static_cast<ValueKind>(m_packet.at(m_at++))) {
        case ValueKind::Null:
            return {};
        case ValueKind::Boolean:
            return m_at < m_packet.size() && m_packet.at(m_at++) != 0;
        case ValueKind::Number:
            return read32();
        case ValueKind::String:
        case ValueKind::Bytes:
            return readText();
        case ValueKind::List: {
            QVariantList list;
            for (quint32 left = read32(); left > 0 && !m_failed; --left)
                list.append(readValue());
            return list;
        }
        case ValueKind::Object: {
            QVariantMap object;
            for (quint32 left = read32(); left > 0 && !m_failed; --left) {
                const QString key = QString::fromUtf8(readText());
                object.insert(key, readValue());
            }
            return object;
        }
        }
        m_failed = true;
        return {};
    }

    bool failed() const { return m_failed; }

private:
    const QByteArray &m_packet;
    qsizetype m_at = 0;
    bool m_failed = false;
};

QString systemMessage(int number) { return QString::fromLocal8Bit(std::strerror(number)); }

} // namespace

EsbuildService::EsbuildService() = default;

EsbuildService::~EsbuildService() { stop(); }

QString EsbuildService::programPath()
{
    if (const QByteArray given = qgetenv("LOOPSCOPE_ESBUILD"); !given.isEmpty())
        return QFile::decodeName(given);
    const QString own = QFileInfo(QStringLiteral("/proc/self/exe")).canonicalPath();
    const QString installed = own + QStringLiteral("/" LOOPSCOPE_LIBEXEC_FROM_BIN "/esbuild");
    if (QFileInfo(installed).isExecutable())
        return installed;
    const QString built = QStringLiteral(LOOPSCOPE_BUILD_ESBUILD);
    return QFileInfo(built).isExecutable() ? built : QString();
}

bool EsbuildService::start(QString *problem)
{
    const QString program = programPath();
    if (program.isEmpty()) {
        *problem = QCoreApplication::translate(
            "EsbuildService", "esbuild is missing from this installation; set LOOPSCOPE_ESBUILD to its program file");
        return false;
    }
    std::array<int, 2> input{-1, -1};
    std::array<int, 2> output{-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input.data()) != 0 || pipe2(output.data(), O_CLOEXEC) != 0) {
        *problem = systemMessage(errno);
        for (const int descriptor : {input[0], input[1]}) {
            if (descriptor >= 0)
                close(descriptor);
        }
        return false;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input[1], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    QByteArray name = QFile::encodeName(program);
    QByteArray service = QByteArray("--service=") + protocolVersion;
    std::array<char *, 3> arguments{name.data(), service.data(), nullptr};
    const int failure = posix_spawn(&m_process, name.constData(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(input[1]);
    close(output[1]);
    m_input = input[0];
    m_output = output[0];
    if (failure != 0) {
        m_process = 0;
        *problem = QCoreApplication::translate("EsbuildService", "esbuild (%1) cannot be started: %2").arg(program, systemMessage(failure));
        stop();
        return false;
    }
    QByteArray version; // the first packet is its version
    if (!readPacket(&version) || version != protocolVersion) {
        *problem = QCoreApplication::translate("EsbuildService", "esbuild (%1) is of another version than %2")
                       .arg(program, QLatin1String(protocolVersion));
        stop();
        return false;
    }
    return true;
}

void EsbuildService::stop()
{
    for (int *descriptor : {&m_input, &m_output}) {
        if (*descriptor >= 0)
            close(*descriptor);
        *descriptor = -1;
    }
    if (m_process > 0) { // it ends when its input does
        while (waitpid(m_process, nullptr, 0) < 0 && errno == EINTR) { }
    }
    m_process = 0;
}

bool EsbuildService::writeAll(const QByteArray &bytes)
{
    for (qsizetype sent = 0; sent < bytes.size();) {
        const ssize_t count = send(m_input, bytes.constData() + sent, static_cast<std::size_t>(bytes.size() - sent), MSG_NOSIGNAL);
        if (count < 0 && errno != EINTR)
            return false;
        sent += count > 0 ? count : 0;
    }
    return true;
}

bool EsbuildService::readPacket(QByteArray *packet)
{
    const auto readAll = [this](char *at, std::size_t left) {
        while (left > 0) {
            const ssize_t count = read(m_output, at, left);
            if (count == 0 || (count < 0 && errno != EINTR))
                return false;
            at += count > 0 ? count : 0;
            left -= static_cast<std::size_t>(count > 0 ? count : 0);
        }
        return true;
    };
    std::array<char, 4> head{};
    if (!readAll(head.data(), head.size()))
        return false;
    packet->resize(static_cast<qsizetype>(qFromLittleEndian<quint32>(head.data())));
    return readAll(packet->data(), static_cast<std::size_t>(packet->size()));
}

EsbuildResult EsbuildService::transform(const QByteArray &text, const QByteArrayList &flags)
{
    EsbuildResult result;
    if (!isRunning() && !start(&result.message)) {
        result.isAvailable = false;
        return result;
    }
    const quint32 id = m_nextRequest++;
    QByteArray packet;
    const auto lost = [&] {
        stop();
        result.isAvailable = false;
        result.message = QCoreApplication::translate("EsbuildService", "esbuild ended unexpectedly");
        return result;
    };
    if (!writeAll(transformRequest(id, text, flags)))
        return lost();
    QVariantMap answer;
    for (bool isAnswer = false; !isAnswer;) {
        if (!readPacket(&packet))
            return lost();
        PacketReader reader(packet);
        isAnswer = reader.read32() == ((id << 1U) | 1U);
        answer = reader.readValue().toMap();
        if (reader.failed())
            return lost();
    }
    const QVariantList errors = answer.value(QStringLiteral("errors")).toList();
    if (errors.isEmpty() && !answer.contains(QStringLiteral("error"))) {
        result.ok = true;
        result.code = answer.value(QStringLiteral("code")).toByteArray();
        result.map = answer.value(QStringLiteral("map")).toByteArray();
        return result;
    }
    const QVariantMap error = errors.isEmpty() ? QVariantMap() : errors.first().toMap();
    const QVariantMap place = error.value(QStringLiteral("location")).toMap();
    result.message = QString::fromUtf8(
        errors.isEmpty() ? answer.value(QStringLiteral("error")).toByteArray() : error.value(QStringLiteral("text")).toByteArray());
    result.line = place.value(QStringLiteral("line")).toUInt();
    result.column = place.value(QStringLiteral("column")).toUInt();
    result.length = place.value(QStringLiteral("length")).toUInt();
    return result;
}

} // namespace loopscope
