// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <QColor>

namespace loopscope {

/// What a coloured thing is. A kind has the same colour in every view and both themes; it never stands by colour alone, a word goes with
/// it.
enum class Hue : quint8 { Structure, Timers, Poll, Check, Closing, Tick, Microtask, Script };

Hue hueOf(TaskKind kind);
Hue hueOf(Phase phase);
/// The kind of thing an event is about; of what has none of its own, the phase it happened in.
Hue hueOf(const Event &event);

/// Every colour of the window. The kinds are those of Okabe and Ito (2008), which stay apart for colour-blind people; yellow means "now"
/// and nothing else; all the rest is grey.
struct Palette
{
    bool isDark = true;

    QColor window; ///< behind everything
    QColor bar; ///< bar, status line, section heads
    QColor card; ///< stations, thread pool
    QColor field; ///< text fields, editor
    QColor chip; ///< a waiting item
    QColor button; ///< at rest
    QColor buttonHover;
    QColor line; ///< 1 px lines
    QColor track; ///< the loop itself, scroll bar handles
    QColor text;
    QColor dim; ///< facts beside names, section heads
    QColor faint; ///< of empty stations
    QColor accent; ///< the main button, selection
    QColor accentText;
    QColor link;

    QColor now; ///< the one yellow
    QColor nowFill; ///< behind the current line and frame
    QColor nowText; ///< "now" as text or thin line on window and card
    QColor error;
    QColor errorFill;
    QColor breakpoint;
    QColor heat; ///< of time spent on a line
    QColor caution; ///< banner that is not an error
    QColor cautionFill;

    QColor keyword; ///< of the editor
    QColor stringLiteral;
    QColor numberLiteral;
    QColor comment;
    QColor functionName;

    /// The colour of edges and areas: exactly the set's in both themes.
    QColor hue(Hue hue) const;
    /// The same as text: darkened in the light theme until it reads well.
    QColor hueText(Hue hue) const;

    static const Palette &dark();
    static const Palette &light();
};

} // namespace loopscope
