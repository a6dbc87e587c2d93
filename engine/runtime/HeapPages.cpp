// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/HeapPages.h"

#include "runtime/V4.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstddef>
#include <cstring>
#include <dlfcn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

constexpr std::size_t chunkSize = std::size_t{64} * 1024; // QV4::Chunk::ChunkSize

/// Chunks that V4 gave back and that are still there: readable, writable, and zero, as V4 expects a new one to be.
struct KeptChunks
{
    bool isOn = false;
    std::size_t count = 0;
    std::array<void *, 512> addresses; // 32 MiB

    bool isFull() const { return count == addresses.size(); }
    void add(void *address) { addresses[count++] = address; }
    bool has(const void *address) const { return std::find(addresses.begin(), end(), address) != end(); }
    bool take(const void *address)
    {
        const auto found = std::find(addresses.begin(), addresses.begin() + static_cast<std::ptrdiff_t>(count), address);
        if (found == addresses.begin() + static_cast<std::ptrdiff_t>(count))
            return false;
        *found = addresses[--count];
        return true;
    }
    /// The range is used in another way from now on: large objects take several chunks at once, in the same reservations.
    void forget(const void *from, std::size_t size)
    {
        const auto *first = static_cast<const std::byte *>(from);
        for (std::size_t index = count; index-- > 0;) {
            const auto *address = static_cast<const std::byte *>(addresses[index]);
            if (address + chunkSize > first && address < first + size)
                addresses[index] = addresses[--count];
        }
    }

private:
    std::array<void *, 512>::const_iterator end() const { return addresses.begin() + static_cast<std::ptrdiff_t>(count); }
};
thread_local KeptChunks keptChunks;

} // namespace

namespace loopscope {

void keepHeapPages() { keptChunks.isOn = true; }

void raiseHeapLimits(const QV4::ExecutionEngine &engine)
{
    constexpr std::size_t least = std::size_t{12} * 1024 * 1024;
    QV4::MemoryManager &memory = *engine.memoryManager;
    memory.usedSlotsAfterLastFullSweep = std::max(memory.usedSlotsAfterLastFullSweep, least / QV4::Chunk::SlotSize);
    memory.unmanagedHeapSizeGCLimit = std::max(memory.unmanagedHeapSizeGCLimit, memory.usedSlotsAfterLastFullSweep * QV4::Chunk::SlotSize);
}

} // namespace loopscope

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // which define these themselves

// The program's definitions of these come before the C library's for all libraries it loads. Whatever is not about a chunk of this thread's
// heap goes on to the kernel.

extern "C" int madvise(void *address, std::size_t size, int advice) noexcept
{
    if (keptChunks.isOn && size == chunkSize) {
        if (advice == MADV_DONTNEED && !keptChunks.isFull()) {
            std::memset(address, 0, size);
            keptChunks.add(address);
            return 0;
        }
    } else if (keptChunks.count > 0) {
        keptChunks.forget(address, size);
    }
    return static_cast<int>(syscall(SYS_madvise, address, size, advice));
}

extern "C" int mprotect(void *address, std::size_t size, int protection) noexcept
{
    if (keptChunks.isOn && size == chunkSize) {
        if (protection == PROT_NONE && keptChunks.has(address))
            return 0;
        if (protection == (PROT_READ | PROT_WRITE) && keptChunks.take(address))
            return 0;
    } else if (keptChunks.count > 0) {
        keptChunks.forget(address, size);
    }
    return static_cast<int>(syscall(SYS_mprotect, address, size, protection));
}

/// V4 asks for a file in memory (memfd_create, for its name) behind each of its mappings and then maps that privately. Without one it maps
/// anonymous memory, and the kernel makes one mapping of neighbours, as functions of the JIT are to each other.
extern "C" long syscall(long number, ...) noexcept
{
    if (number == SYS_memfd_create) {
        errno = ENOSYS;
        return -1;
    }
    using Function = long (*)(long, ...);
    static std::atomic<Function> libraryFunction; // no lock: a lock may call this
    Function function = libraryFunction.load(std::memory_order_relaxed);
    if (!function) {
        function = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "syscall"));
        libraryFunction.store(function, std::memory_order_relaxed);
    }
    va_list rest;
    va_start(rest, number);
    long arguments[6];
    for (long &argument : arguments)
        argument = va_arg(rest, long); // there may be fewer: as in the C library, what stands there instead is not used
    va_end(rest);
    return function(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
}

extern "C" int munmap(void *address, std::size_t size) noexcept
{
    if (keptChunks.count > 0)
        keptChunks.forget(address, size);
    return static_cast<int>(syscall(SYS_munmap, address, size));
}

#endif
