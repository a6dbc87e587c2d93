// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "promises/PromiseLayout.h"
#include "promises/PromisePicture.h"

#include <QCoreApplication>

namespace loopscope {

/// The promises around the cursor of a recording: keeps a graph of the stretch that the cursor is in, and says in words what is in it.
///
/// A recording of up to `stretch` events is one stretch. Of a larger one as many events around the cursor are folded, when the cursor comes
/// out of the stretch before; promises of earlier that are still pending or are met again are in it, other ones are not. So memory and time
/// do not depend on the recording's length. Widget-free; not thread-safe.
class PromiseModel
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::PromiseModel)

public:
    explicit PromiseModel(quint64 stretch = 262'144);

    /// All must outlive this or the next call; null: there is no recording.
    void setSource(const RecordingReader *reader, const RecordingIndex *index, const EventText *text);
    bool hasSource() const { return m_reader != nullptr; }
    /// Lets the graph reach the state's cursor.
    void moveTo(const LoopState &state);
    /// The promises at the state's cursor; moveTo() comes before. `words`: only promises whose texts hold all of these.
    PromisePicture picture(const LoopState &state, PromiseChoice choice, const QString &words, bool marksChanges);

    const PromiseGraph &graph() const { return m_graph; }
    /// Event that the stretch begins with; 0 if nothing was left out.
    quint64 stretchBegins() const { return m_graph.from(); }

    /// "load()", "show", "new Promise".
    QString label(quint32 node) const { return words(node).label; }
    /// How it was made, and where: "then :13".
    QString fact(quint32 node) const { return words(node).fact; }
    /// "pending", "fulfilled", "rejected: Error: x".
    QString outcomeText(quint32 node, quint64 cursor) const;
    /// One sentence or two about a promise, for people who do not see the picture.
    QString describe(quint32 node, quint64 cursor) const;
    /// The same for a whole group.
    QString describe(const PromiseItem &item, quint64 cursor) const;
    /// What an edge says, with the microtasks on it.
    QString describe(const PromiseEdge &edge) const;
    /// A warning as plain text: without the marks for names and links.
    QString warningText(const PromiseWarning &warning, quint64 cursor) const;
    /// The place in the source that is most worth looking at: the handler, the async function, else where it was made.
    SiteId placeOf(quint32 node) const;

private:
    struct Words
    {
        QString label;
        QString fact;
        QString all; ///< what is searched
    };
    Words words(quint32 node) const;
    QString makeLabel(quint32 node) const;
    QString makeFact(quint32 node, const QString &label) const;
    void restart(const LoopState &state);
    QString waitsText(quint32 node, quint64 cursor) const;
    QString shortPlace(SiteId site) const;
    SiteId handlerOf(quint32 node) const;
    /// The name of the function that a statement calls, if it is one call only.
    QString onlyCallIn(SiteId statement) const;

    quint64 m_stretch;
    const RecordingReader *m_reader = nullptr;
    const RecordingIndex *m_index = nullptr;
    const EventText *m_text = nullptr;
    PromiseGraph m_graph;
    mutable std::vector<Words> m_words; ///< by node; made when first asked for
};

/// A sentence of the Explainer without backquotes and links.
QString withoutMarks(const QString &marked);

} // namespace loopscope
