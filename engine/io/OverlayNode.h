// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/FileSystem.h"
#include "io/PagedContent.h"

#include <map>
#include <memory>
#include <optional>

#include <sys/stat.h>

namespace loopscope {

/// One file, folder or link that OverlayFileSystem knows.
///
///     real         kept          what it is
///     a path       false         as on the disk
///     a path       true          of the disk; its status was changed, or it has another name now. A folder: what is below `real` is in it
///                                too. A file: its bytes are those of `real`, as long as it has no content
///     empty        true          exists in memory only
struct OverlayNode : std::enable_shared_from_this<OverlayNode>
{
    FileStatus status; ///< if `kept`, all of it but a file's size; otherwise as last seen
    QByteArray real; ///< resolved path
    bool kept = false;
    std::optional<PagedContent> content; ///< of a file whose bytes are in memory
    QByteArray target; ///< of a link
    quint64 firstChange = 0; ///< OverlayFileSystem::Moment of the first change, or of when it got its name
    quint64 lastChange = 0;
    /// Of a folder: what is in it otherwise than on the disk, and folders that were passed; null: not there any more.
    std::map<QByteArray, std::shared_ptr<OverlayNode>> entries;
    std::map<QByteArray, quint64> removals; ///< of a folder: when names went
    OverlayNode *parent = nullptr; ///< of a folder; null: the root, or removed
    QByteArray name; ///< of a folder

    bool isFolder() const { return S_ISDIR(status.mode); }
    bool isFile() const { return S_ISREG(status.mode); }
    bool isLink() const { return S_ISLNK(status.mode); }
};

using OverlayNodePtr = std::shared_ptr<OverlayNode>;

} // namespace loopscope
