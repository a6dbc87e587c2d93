// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ChangeMarks.h"

#include "MainWindow.h"
#include "StepWorkspace.h"
#include "comparison/ChangeNotes.h"
#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "recording/RecordingReader.h"
#include "session/RunPair.h"
#include "session/RunSession.h"

namespace loopscope {

ChangeMarks::ChangeMarks(MainWindow &window)
    : QObject(&window)
    , m_window(window)
{
    connect(&window.source(), &SourcePane::shownChanged, this, &ChangeMarks::refresh);
    connect(&window.workspace(), &StepWorkspace::editedChanged, this, &ChangeMarks::refresh);
}

void ChangeMarks::refresh()
{
    const RunPair &runs = m_window.runs();
    const RunSession &shown = m_window.session();
    const RunSession *other = !runs.isOpen() ? nullptr : runs.showsSecond() ? &runs.first() : &runs.second();
    const auto countOf = [](const RunSession *session) {
        return session != nullptr && session->reader() != nullptr ? session->reader()->sources().size() : 0;
    };
    const Basis basis{shown.reader(), other != nullptr ? other->reader() : nullptr, countOf(&shown), countOf(other),
        m_isComplete ? m_basis.events : shown.eventCount(), m_window.source().shownPath(), m_window.workspace().isEdited()};
    if (basis == m_basis)
        return;
    m_basis = basis;
    ChangeNotes notes(shown, runs.showsSecond() ? ChangeNotes::Side::Second : ChangeNotes::Side::First, other);
    // What was typed since has moved the lines.
    const bool isOff = basis.isEdited && m_window.source().showsScript();
    m_window.source().shown().setLineChanges(isOff ? QHash<int, QString>() : notes.of(basis.path));
    m_isComplete = notes.isComplete();
}

} // namespace loopscope
