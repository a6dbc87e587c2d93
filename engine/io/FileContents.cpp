// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/FileContents.h"

#include "io/OpenFlags.h"
#include "io/SystemErrors.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace loopscope {

namespace {

/// Node refuses to read more at once (kIoMaxLength).
constexpr qint64 largestRead = 2147483647;
constexpr qint64 chunkSize = 512 * 1024;

IoResult failure(qint64 negativeErrno, const char *syscall, const QString &path = {}, const QString &destination = {})
{
    return {makeIoError(static_cast<int>(negativeErrno), QLatin1String(syscall), path, destination), {}};
}

IoResult numberResult(qint64 number) { return {{}, {static_cast<double>(number)}}; }

IoResult nothing() { return {}; }

/// Closes a real handle when the operation ends.
class OpenedFile
{
public:
    OpenedFile(FileSystem &files, int handle)
        : m_files(files)
        , m_handle(handle)
    {
    }
    ~OpenedFile()
    {
        if (m_handle >= 0)
            m_files.close(m_handle);
    }
    OpenedFile(const OpenedFile &) = delete;
    OpenedFile &operator=(const OpenedFile &) = delete;
    int handle() const { return m_handle; }
    bool isOpen() const { return m_handle >= 0; }

private:
    FileSystem &m_files;
    int m_handle;
};

} // namespace

IoResult FileContents::readAll(int handle)
{
    FileStatus status;
    if (const int error = m_files.statusOf(handle, &status); error < 0)
        return failure(error, "fstat");
    const bool isRegular = S_ISREG(status.mode);
    if (isRegular && status.size > static_cast<quint64>(largestRead))
        return failure(-EFBIG, "read");
    QByteArray content;
    // Files of /proc say that they are empty, so the size is only where to begin.
    qint64 capacity = isRegular && status.size > 0 ? static_cast<qint64>(status.size) + 1 : chunkSize;
    qint64 length = 0;
    for (;;) {
        content.resize(capacity);
        const qint64 count = m_files.read(handle, content.data() + length, capacity - length, -1);
        if (count < 0)
            return failure(count, "read");
        length += count;
        if (count == 0)
            break;
        if (length == capacity)
            capacity += std::max(chunkSize, capacity / 2);
        if (length > largestRead)
            return failure(-EFBIG, "read");
    }
    content.resize(length);
    return {{}, {std::move(content)}};
}

IoResult FileContents::readFile(const OperationArguments &arguments)
{
    if (arguments.isNumber(0)) {
        const int handle = m_handles.real(arguments.integer(0, -1));
        return handle < 0 ? failure(-EBADF, "fstat") : readAll(handle);
    }
    const auto flags = openFlags(arguments.value(1), O_RDONLY);
    const OpenedFile file(m_files, flags ? m_files.open(arguments.pathBytes(0), *flags, 0666) : -EINVAL);
    if (!file.isOpen())
        return failure(file.handle(), "open", arguments.path(0));
    return readAll(file.handle());
}

int FileContents::writeAll(int handle, const QByteArray &data)
{
    for (qint64 written = 0; written < data.size();) {
        const qint64 count = m_files.write(handle, data.constData() + written, data.size() - written, -1);
        if (count < 0)
            return static_cast<int>(count);
        written += count;
    }
    return 0;
}

IoResult FileContents::writeWhole(const OperationArguments &arguments, int fallbackFlags)
{
    const QByteArray data = arguments.bytes(1);
    if (arguments.isNumber(0)) {
        const int handle = m_handles.real(arguments.integer(0, -1));
        const int error = handle < 0 ? -EBADF : writeAll(handle, data);
        return error < 0 ? failure(error, "write") : nothing();
    }
    const auto flags = openFlags(arguments.value(2), fallbackFlags);
    const auto mode = static_cast<quint32>(arguments.integer(3, 0666));
    const OpenedFile file(m_files, flags ? m_files.open(arguments.pathBytes(0), *flags, mode) : -EINVAL);
    if (!file.isOpen())
        return failure(file.handle(), "open", arguments.path(0));
    const int error = writeAll(file.handle(), data);
    return error < 0 ? failure(error, "write") : nothing();
}

IoResult FileContents::writeFile(const OperationArguments &arguments) { return writeWhole(arguments, O_TRUNC | O_CREAT | O_WRONLY); }

IoResult FileContents::appendFile(const OperationArguments &arguments) { return writeWhole(arguments, O_APPEND | O_CREAT | O_WRONLY); }

int FileContents::copyBetween(int source, int destination)
{
    QByteArray chunk(chunkSize, Qt::Uninitialized);
    for (;;) {
        const qint64 count = m_files.read(source, chunk.data(), chunk.size(), -1);
        if (count <= 0)
            return static_cast<int>(count);
        const int error = writeAll(destination, QByteArray::fromRawData(chunk.constData(), count));
        if (error < 0)
            return error;
    }
}

int FileContents::copyTo(int source, const QByteArray &destination, int mode)
{
    constexpr int exclusive = 1; // fs.constants.COPYFILE_EXCL
    constexpr int forceClone = 4; // fs.constants.COPYFILE_FICLONE_FORCE
    FileStatus sourceStatus;
    if (const int error = m_files.statusOf(source, &sourceStatus); error < 0)
        return error;
    if ((mode & forceClone) != 0)
        return -ENOTSUP;
    const int flags = O_WRONLY | O_CREAT | ((mode & exclusive) != 0 ? O_EXCL : 0);
    const OpenedFile target(m_files, m_files.open(destination, flags, sourceStatus.mode & 07777U));
    if (!target.isOpen())
        return target.handle();
    FileStatus targetStatus;
    int error = m_files.statusOf(target.handle(), &targetStatus);
    if (error == 0 && targetStatus.device == sourceStatus.device && targetStatus.inode == sourceStatus.inode)
        return 0; // onto itself
    if (error == 0)
        error = S_ISDIR(sourceStatus.mode) ? -EISDIR : m_files.setSize(target.handle(), 0);
    if (error == 0)
        error = m_files.setModeOf(target.handle(), sourceStatus.mode & 07777U);
    if (error == 0)
        error = copyBetween(source, target.handle());
    if (error < 0)
        m_files.removeFile(destination);
    return error;
}

IoResult FileContents::copyFile(const OperationArguments &arguments)
{
    const OpenedFile source(m_files, m_files.open(arguments.pathBytes(0), O_RDONLY, 0));
    const int error = source.isOpen() ? copyTo(source.handle(), arguments.pathBytes(1), arguments.integer(2, 0)) : source.handle();
    return error < 0 ? failure(error, "copyfile", arguments.path(0), arguments.path(1)) : nothing();
}

IoResult FileContents::open(const OperationArguments &arguments)
{
    const auto flags = openFlags(arguments.value(1), O_RDONLY);
    const int handle = flags ? m_files.open(arguments.pathBytes(0), *flags, static_cast<quint32>(arguments.integer(2, 0666))) : -EINVAL;
    return handle < 0 ? failure(handle, "open", arguments.path(0)) : numberResult(m_handles.add(handle));
}

IoResult FileContents::close(const OperationArguments &arguments)
{
    const int number = arguments.integer(0, -1);
    if (number >= 0 && number <= 2)
        return nothing(); // a script may close its standard streams; ours carry the program's own messages too
    const int handle = m_handles.take(number);
    const int error = handle < 0 ? -EBADF : m_files.close(handle);
    return error < 0 ? failure(error, "close") : nothing();
}

IoResult FileContents::read(const OperationArguments &arguments)
{
    const int handle = m_handles.real(arguments.integer(0, -1));
    if (handle < 0)
        return failure(-EBADF, "read");
    const auto length = std::clamp<qint64>(static_cast<qint64>(arguments.number(1, 0)), 0, largestRead);
    QByteArray data(length, Qt::Uninitialized);
    const qint64 count = m_files.read(handle, data.data(), length, static_cast<qint64>(arguments.number(2, -1)));
    if (count < 0)
        return failure(count, "read");
    data.truncate(count);
    return {{}, {std::move(data)}};
}

IoResult FileContents::write(const OperationArguments &arguments)
{
    const int handle = m_handles.real(arguments.integer(0, -1));
    if (handle < 0)
        return failure(-EBADF, "write");
    const QByteArray data = arguments.bytes(1);
    const qint64 count = m_files.write(handle, data.constData(), data.size(), static_cast<qint64>(arguments.number(2, -1)));
    return count < 0 ? failure(count, "write") : numberResult(count);
}

IoResult FileContents::truncate(const OperationArguments &arguments)
{
    const OpenedFile file(m_files, m_files.open(arguments.pathBytes(0), O_RDWR, 0));
    if (!file.isOpen())
        return failure(file.handle(), "open", arguments.path(0));
    const int error = m_files.setSize(file.handle(), static_cast<qint64>(arguments.number(1, 0)));
    return error < 0 ? failure(error, "ftruncate") : nothing();
}

IoResult FileContents::ftruncate(const OperationArguments &arguments)
{
    const int handle = m_handles.real(arguments.integer(0, -1));
    const int error = handle < 0 ? -EBADF : m_files.setSize(handle, static_cast<qint64>(arguments.number(1, 0)));
    return error < 0 ? failure(error, "ftruncate") : nothing();
}

IoResult FileContents::fsync(const OperationArguments &arguments)
{
    const int handle = m_handles.real(arguments.integer(0, -1));
    const int error = handle < 0 ? -EBADF : m_files.flush(handle);
    return error < 0 ? failure(error, "fsync") : nothing();
}

IoResult FileContents::fdatasync(const OperationArguments &arguments)
{
    const int handle = m_handles.real(arguments.integer(0, -1));
    const int error = handle < 0 ? -EBADF : m_files.flush(handle);
    return error < 0 ? failure(error, "fdatasync") : nothing();
}

} // namespace loopscope
