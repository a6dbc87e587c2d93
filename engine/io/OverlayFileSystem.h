// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/FileNotices.h"
#include "io/FileSystem.h"
#include "io/OverlayNode.h"
#include "io/RealFiles.h"

#include <functional>
#include <mutex>
#include <unordered_map>

namespace loopscope {

/// What a run did to a file, a folder or a link.
struct FileChange
{
    enum class Kind : quint8 { Made, Changed, Removed };
    Kind kind = Kind::Made;
    QByteArray path; ///< resolved
    quint32 mode = 0; ///< as of stat, with the type; 0: removed
    qint64 size = 0; ///< bytes, of a file
    quint64 since = 0; ///< OverlayFileSystem::Moment from which on the run saw it changed
    quint64 until = 0; ///< of the last change
};

/// A file system in memory over the real one: reads see the real files, as far as the permissions go; whatever is written, made, renamed or
/// removed stays in memory. Behaves as Linux does: the same errors, links, access modes (of the process's user), files that live on while
/// they are open. docs/simulated-io.md says what differs.
///
/// Times of what is written come from `now`, inode numbers of what is made are counted from `firstInode`; so both are the same in every
/// run. The real files may change meanwhile: what the run did not touch is seen as it is.
class OverlayFileSystem final : public FileSystem
{
public:
    static constexpr quint64 firstInode = 1ULL << 40U; ///< real numbers seldom come near
    static constexpr qint64 usualCapacity = 4LL << 30; ///< bytes of written files; then ENOSPC

    /// `now` gives ms since 1970.
    OverlayFileSystem(const Permissions &permissions, std::function<double()> now, qint64 capacity = usualCapacity);
    ~OverlayFileSystem() override;

    /// Gives a number that grows with the run, as a place in its recording.
    using Moment = std::function<quint64()>;
    /// Changes are marked with what it gives; without one, with 0. Before the first call from another thread.
    void setMoment(Moment moment) { m_moment = std::move(moment); }

    /// What the run did, in the order of paths; a folder comes before what is in it.
    std::vector<FileChange> changes();
    /// The bytes of a file that changes() names, whatever its access mode, into an open descriptor: 0 or a negative errno.
    int copyContent(const QByteArray &path, int descriptor);
    /// Where a link that changes() names leads.
    QByteArray linkTarget(const QByteArray &path);

    int open(const QByteArray &path, int flags, quint32 mode) override;
    int close(int handle) override;
    qint64 read(int handle, char *data, qint64 length, qint64 position) override;
    qint64 write(int handle, const char *data, qint64 length, qint64 position) override;
    int setSize(int handle, qint64 size) override;
    int flush(int handle) override;
    int status(const QByteArray &path, bool followLinks, FileStatus *status) override;
    int statusOf(int handle, FileStatus *status) override;
    int setMode(const QByteArray &path, quint32 mode) override;
    int setModeOf(int handle, quint32 mode) override;
    int setOwner(const QByteArray &path, bool followLinks, quint32 user, quint32 group) override;
    int setOwnerOf(int handle, quint32 user, quint32 group) override;
    int setTimes(const QByteArray &path, bool followLinks, double accessed, double modified) override;
    int setTimesOf(int handle, double accessed, double modified) override;
    int checkAccess(const QByteArray &path, int mode) override;
    int list(const QByteArray &path, std::vector<DirectoryEntry> *entries) override;
    int makeDirectory(const QByteArray &path, quint32 mode) override;
    int removeDirectory(const QByteArray &path) override;
    int removeFile(const QByteArray &path) override;
    int rename(const QByteArray &from, const QByteArray &to) override;
    int makeLink(const QByteArray &existing, const QByteArray &path) override;
    int makeSymbolicLink(const QByteArray &target, const QByteArray &path) override;
    int readLink(const QByteArray &path, QByteArray *target) override;
    int resolve(const QByteArray &path, QByteArray *resolved) override;
    int currentDirectory(QByteArray *path) override;
    int changeDirectory(const QByteArray &path) override;
    quint32 setModeMask(quint32 mask) override;
    int spaceStatus(const QByteArray &path, SpaceStatus *status) override;
    /// Tells of what the run does; what happens to real files meanwhile is not told.
    int addWatch(const QByteArray &path, FileNotices &notices) override;
    void removeWatch(FileNotices &notices, int number) override;
    void removeWatches(FileNotices &notices) override;

private:
    enum class Last : quint8 { Name, Dot, DotDot, Root };
    enum class Follow : quint8 { All, NotTheLast, ParentOnly };
    /// Where a path leads.
    struct Place
    {
        OverlayNodePtr folder; ///< that the last part of the path is looked up in
        QByteArray name; ///< if last == Name
        Last last = Last::Name;
        bool endsWithSlash = false;
        OverlayNodePtr node; ///< null: nothing is there, see `error`; not looked for with ParentOnly
        int error = 0;
    };
    struct Handle
    {
        OverlayNodePtr node; ///< null: one of the process's own streams
        OverlayNodePtr folder; ///< that it was opened in, by `name`
        QByteArray name;
        int flags = 0;
        qint64 position = 0;
        int descriptor = -1; ///< of the real file, if it is or was one
        bool isOpen = false;
    };
    struct Watch
    {
        int number = 0;
        OverlayNodePtr node;
        FileNotices *notices = nullptr;
    };
    struct Identity
    {
        quint64 device;
        quint64 inode;
        bool operator==(const Identity &other) const { return device == other.device && inode == other.inode; }
    };
    struct IdentityHash
    {
        std::size_t operator()(const Identity &identity) const { return std::hash<quint64>()(identity.inode ^ (identity.device << 48U)); }
    };

    // --- walking (OverlayWalk.cpp) ---
    int walk(const QByteArray &path, Follow follow, Place *place);
    /// The same, and an error if nothing is there.
    int walkToNode(const QByteArray &path, Follow follow, Place *place);
    int find(const QByteArray &path, bool followLinks, OverlayNodePtr *node);
    int lookUp(const OverlayNodePtr &folder, const QByteArray &name, OverlayNodePtr *node);
    OverlayNodePtr nodeOf(const QByteArray &real, const FileStatus &status);
    int targetOf(OverlayNode &link, QByteArray *target);
    QByteArray pathOf(const OverlayNode &folder) const;
    OverlayNodePtr nodeAt(const QByteArray &resolved);
    OverlayNodePtr passFolders(const QByteArray &resolved);
    bool permits(const FileStatus &status, int access) const;
    bool isOwner(const FileStatus &status) const;

    // --- contents ---
    Handle *handleAt(int handle);
    int addHandle(Handle handle);
    int create(const Place &place, int flags, quint32 mode);
    int openExisting(const Place &place, int flags);
    int emptyContent(OverlayNode &file);
    int openStream(const QByteArray &path);
    int loadContent(OverlayNode &file);
    int currentStatus(OverlayNode &node, FileStatus *status);
    void keep(OverlayNode &node);
    int findKept(const QByteArray &path, bool followLinks, OverlayNodePtr *node);
    bool isRemoved(const OverlayNode &folder) const { return !folder.parent && &folder != m_root.get(); }
    void stampChange(OverlayNode &node, bool isModified);
    void markChange(OverlayNode &node);

    // --- tree (OverlayTree.cpp) ---
    OverlayNodePtr makeNode(const OverlayNode &folder, quint32 mode);
    int checkNew(const Place &place, bool isFolder);
    int checkRemoval(const Place &place, const OverlayNodePtr &node);
    int checkEmpty(OverlayNode &folder);
    int namesIn(OverlayNode &folder, std::vector<DirectoryEntry> *entries);
    void attach(OverlayNode &folder, const QByteArray &name, const OverlayNodePtr &node);
    void detach(OverlayNode &folder, const QByteArray &name);
    void dropName(OverlayNode &node);
    int checkRename(const Place &from, const OverlayNodePtr &source, const Place &to, const OverlayNodePtr &target);
    int setModeOf(OverlayNode &node, quint32 mode);
    int setOwnerOf(OverlayNode &node, quint32 user, quint32 group);
    int setTimesOf(OverlayNode &node, double accessed, double modified);
    void collect(const OverlayNodePtr &folder, const QByteArray &path, std::vector<FileChange> *changes);
    void collectEntry(const OverlayNodePtr &node, const QByteArray &path, std::vector<FileChange> *changes);

    // --- watches (OverlayWatches.cpp) ---
    void tell(const OverlayNode &node, quint32 mask, const QByteArray &name);
    /// Of a name in a folder.
    void tellEntry(const OverlayNode &folder, const QByteArray &name, const OverlayNode &node, quint32 mask);
    void tellItself(const OverlayNode &node, quint32 mask);
    /// Of content or attributes: first in the folders that have it, then the file itself. A file that has no name any more, but is open
    /// still, is told of where it was.
    void tellChange(const OverlayNode &node, quint32 mask, const Handle *handle = nullptr);
    /// It has no name any more, and is open nowhere.
    void tellGone(const OverlayNode &node);

    std::mutex m_mutex; ///< of all below: workers share the files
    RealFiles m_real;
    std::function<double()> m_now;
    Moment m_moment = [] { return quint64{0}; };
    ContentBudget m_budget;
    OverlayNodePtr m_root;
    OverlayNodePtr m_current; ///< folder
    std::vector<Handle> m_handles; ///< by number, from 3
    std::unordered_map<Identity, OverlayNodePtr, IdentityHash> m_identities; ///< real files that were opened or changed
    std::vector<Watch> m_watches;
    int m_lastWatch = 0;
    quint64 m_nextInode = firstInode;
    quint32 m_mask;
    quint32 m_user;
    quint32 m_group;
    std::vector<quint32> m_groups;
};

} // namespace loopscope
