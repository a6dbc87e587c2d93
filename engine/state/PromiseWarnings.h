// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/EventText.h"
#include "state/PromiseGraph.h"

#include <QCoreApplication>

namespace loopscope {

/// Something about a promise that is probably not meant. Each is proven by the recording up to the cursor, never guessed.
struct PromiseWarning
{
    enum class Kind : quint8 {
        Unhandled, ///< rejected, and reported as not handled
        NeverSettled, ///< the run is over and it is pending, and not because of another one
        SettledTwice, ///< resolve or reject was called again
        MissingReturn, ///< a handler started `other`, answered with undefined, and nothing waits for `other`
        Floating, ///< an async function started it and finished without it, and nothing waits for it
    };
    Kind kind = Kind::Unhandled;
    quint32 node = noNode;
    quint32 other = noNode;
    quint64 event = neverHappens; ///< that proves it
    bool operator==(const PromiseWarning &) const = default;
};

/// Finds the warnings of a graph, and says them.
class PromiseWarnings
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::PromiseWarnings)

public:
    /// All must outlive this.
    PromiseWarnings(const PromiseGraph &graph, const RecordingReader &reader, const EventText &text);

    /// All that are true at the cursor, by promise. Time: linear in the nodes and their links.
    std::vector<PromiseWarning> at(quint64 cursor) const;
    /// "never settled", "missing return": a few words.
    static QString name(PromiseWarning::Kind kind);
    /// The whole sentence, with names between backquotes and places as links like those of the Explainer.
    QString sentence(const PromiseWarning &warning, quint64 cursor) const;
    /// The pending promise that `node` waits for in the end: itself if nothing but a call of its functions can settle it.
    quint32 root(quint32 node, quint64 cursor) const;

private:
    std::optional<PromiseWarning> floating(quint32 node, quint64 cursor) const;
    void addMissingReturns(quint64 cursor, std::vector<PromiseWarning> &warnings) const;
    /// Something reacts to its outcome.
    bool isUsed(quint32 node, quint64 cursor) const;
    bool isFileBody(SiteId function) const;
    /// The event with which its async function was done, whatever becomes of its promise.
    quint64 doneAt(quint32 node) const;
    /// The first pending promise that it waits for.
    quint32 waitsFor(quint32 node, quint64 cursor) const;
    size_t waitersOf(quint32 node, quint64 cursor) const;
    QString neverSettled(const PromiseWarning &warning, quint64 cursor) const;
    QString settledTwice(const PromiseWarning &warning) const;
    QString promise(quint32 node) const;
    QString function(SiteId site) const;

    const PromiseGraph &m_graph;
    const RecordingReader &m_reader;
    const EventText &m_text;
};

} // namespace loopscope
