// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/HandleProvider.h"
#include "recording/Event.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <variant>
#include <vector>

namespace loopscope {

class Clock;
class FileSystem;
class LatencyProfile;
class SimulatedNetwork;

/// One argument or result of an I/O operation, as JavaScript gives or takes it.
struct IoValue
{
    std::variant<std::monostate, bool, double, QString, QByteArray, QStringList, std::vector<double>, std::vector<IoValue>> value;
};

/// A failed operation, with all that Node puts on the error.
struct IoError
{
    QString code; ///< "ENOENT"; empty means no error
    int errorNumber = 0; ///< negative, as in Node
    QString description; ///< "no such file or directory"
    QString syscall; ///< null: the description is the whole message (crypto, zlib)
    QString path; ///< as the script gave it; null if Node's error names none (reads and writes of a handle)
    QString destination; ///< of rename, copyFile, link, symlink; null otherwise
    QString permission; ///< of a refused call (io/Permissions.h): "FileSystemRead"; null otherwise
    QString resource; ///< what was refused
    bool isError() const { return !code.isEmpty(); }
    /// "ENOENT: no such file or directory, open 'x'"; the description alone of a refused call
    QString message() const;
};

struct IoResult
{
    IoError error;
    IoValue value;
};

/// An operation to carry out (FileOperations.h, CryptoOperations.h and CompressionOperations.h list names, arguments and results): its
/// name as in js/lib ("readFile", "pbkdf2", ...), and what the recording calls it.
struct IoOperation
{
    QString name;
    std::vector<IoValue> arguments;
    IoKind kind = IoKind::File;
    QString label; ///< "readFile lobby.json"
};

/// A step in the life of a request, or something a handle tells, in the order of `time`.
struct IoTransition
{
    enum class Kind : quint8 { Started, Completed, Told };
    quint64 time = 0; ///< ns of run time
    Kind kind = Kind::Started;
    SubjectId request = 0;
    int thread = 0; ///< pool thread from 1; 0: the kernel
    IoResult result; ///< of a completed request
    bool freeChoice = false; ///< completed: another request of the same batch might as well have come first
    bool runsPending = false; ///< completed: libuv leaves its callback to the pending phase (a connection refused at once)
    HandleEvent event; ///< told; `request` is 0
};

/// Carries out I/O for the loop. Two kinds: simulated (virtual time, seeded latencies) and, beside it, real. Used on the loop's thread
/// only.
class IoProvider
{
public:
    virtual ~IoProvider() = default;
    /// Hands an operation over at run time `now`; its transitions come out of takeTransitions() later, always in the same order for the
    /// same seed.
    virtual void submit(SubjectId request, IoOperation operation, quint64 now) = 0;
    /// Takes the transitions up to run time `now`, ordered by time.
    virtual std::vector<IoTransition> takeTransitions(quint64 now) = 0;
    /// Run time of the next transition; ~0 if there is none to wait for.
    virtual quint64 nextTransition() const = 0;
    virtual bool hasRequests() const = 0;
    /// Sockets, servers, pipes, processes and watchers; null if this provider has none.
    virtual HandleProvider *handles() { return nullptr; }
    /// Looks at the system, and waits until a transition is there, run time `moment` has come (0: does not wait), or wakeUp() was called.
    /// False if this provider's transitions come with time alone.
    virtual bool waitUntil(quint64 moment)
    {
        Q_UNUSED(moment)
        return false;
    }
    /// Any thread: ends the wait under way, or else the next.
    virtual void wakeUp() { }
    /// `notice` is called, on any thread, when a transition is there; set before anything is submitted. Where transitions come with time
    /// alone, never.
    virtual void setNotice(std::function<void()> notice) { Q_UNUSED(notice) }
    /// Carries out an operation at once, for the *Sync functions.
    virtual IoResult performNow(const IoOperation &operation) = 0;
    /// The system's descriptor behind a number of the script's, for children that inherit it; -1 if there is none.
    virtual int descriptorOf(int number) const { return number >= 0 && number <= 2 ? number : -1; }
    /// Latencies that were given for requests that nobody has made.
    virtual QList<SubjectId> unusedLatencies() const { return {}; }
};

/// Real I/O through libuv, on the wall clock `clock` (io/UvIo.h): network and processes of the machine, and `files`, which have to live
/// longer and to bear calls from several threads.
std::unique_ptr<IoProvider> makeRealIo(const Clock &clock, FileSystem &files);

/// How a loop takes part in a simulated network.
struct NetworkAccess
{
    std::shared_ptr<SimulatedNetwork> network; ///< null: none
    std::function<quint64()> now; ///< ns of run time, at which all that other loops did before has been done
    std::function<quint64()> actingNow; ///< ns of run time of the loop that has the turn, and does something that this one is told of
    std::function<void(quint64 time)> expects; ///< something may happen at `time`; called on the thread of whichever loop has the turn
};

/// The network of a run, with all its machines and lines; draws from a generator of its own, so that files take what they take beside it.
std::shared_ptr<SimulatedNetwork> makeSimulatedNetwork(quint64 seed, const LatencyProfile &profile);

/// The default provider: operations run against `files`, which have to live longer, when their turn comes on one of `threads` pool threads
/// of virtual time, each taking a latency drawn from a generator seeded with `seed`, by kind of operation. Documented in
/// docs/simulated-io.md. `latencies` of single requests, in ns, replace what they would take.
/// `profile`: what takes how long.
std::unique_ptr<IoProvider> makeSimulatedIo(FileSystem &files, quint64 seed, int threads = 4,
    const QHash<SubjectId, quint64> &latencies = {}, NetworkAccess access = {}, const LatencyProfile *profile = nullptr);

} // namespace loopscope
