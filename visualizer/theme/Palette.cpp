// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/Palette.h"

namespace loopscope {

namespace {

QColor rgb(quint32 value) { return QColor::fromRgb(value); }

Palette makeDark()
{
    Palette p;
    p.isDark = true;
    p.window = rgb(0x15181d);
    p.bar = rgb(0x191d23);
    p.card = rgb(0x1c2027);
    p.field = rgb(0x15181d);
    p.chip = rgb(0x2a313c);
    p.button = rgb(0x232831);
    p.buttonHover = rgb(0x303743);
    p.line = rgb(0x2b313a);
    p.track = rgb(0x3a4150);
    p.text = rgb(0xe8ebf0);
    p.dim = rgb(0x9ba3af);
    p.faint = rgb(0x808997);
    p.accent = rgb(0x2f6fb3);
    p.accentText = rgb(0xffffff);
    p.link = rgb(0x7db8ec);
    p.now = rgb(0xf0e442);
    p.nowFill = rgb(0x3f3b12);
    p.nowText = rgb(0xf0e442);
    p.error = rgb(0xff8f80);
    p.errorFill = rgb(0x3d2023);
    p.breakpoint = rgb(0xe0514b);
    p.heat = rgb(0xb5452c);
    p.caution = rgb(0xb9c2ce);
    p.cautionFill = rgb(0x26303c);
    p.keyword = rgb(0x7db8ec);
    p.stringLiteral = rgb(0x9ece9a);
    p.numberLiteral = rgb(0xd59bc4);
    p.comment = rgb(0x9ca5b2);
    p.functionName = rgb(0xe9c083);
    return p;
}

Palette makeLight()
{
    Palette p;
    p.isDark = false;
    p.window = rgb(0xf6f7f9);
    p.bar = rgb(0xeceef2);
    p.card = rgb(0xffffff);
    p.field = rgb(0xffffff);
    p.chip = rgb(0xeef1f5);
    p.button = rgb(0xffffff);
    p.buttonHover = rgb(0xe1e6ed);
    p.line = rgb(0xd5dae1);
    p.track = rgb(0xb6bfca);
    p.text = rgb(0x1b2027);
    p.dim = rgb(0x5a6472);
    p.faint = rgb(0x687180);
    p.accent = rgb(0x2566ab);
    p.accentText = rgb(0xffffff);
    p.link = rgb(0x1f63ab);
    p.now = rgb(0xf0e442);
    p.nowFill = rgb(0xfbf6b4);
    p.nowText = rgb(0x776c00);
    p.error = rgb(0xa8241a);
    p.errorFill = rgb(0xfde8e5);
    p.breakpoint = rgb(0xd13a32);
    p.heat = rgb(0xc8553a);
    p.caution = rgb(0x3a4654);
    p.cautionFill = rgb(0xe3ebf5);
    p.keyword = rgb(0x1f5fa6);
    p.stringLiteral = rgb(0x2e7031);
    p.numberLiteral = rgb(0x96397a);
    p.comment = rgb(0x666f7c);
    p.functionName = rgb(0x85540a);
    return p;
}

} // namespace

Hue hueOf(TaskKind kind)
{
    switch (kind) {
    case TaskKind::Timeout:
    case TaskKind::Interval:
        return Hue::Timers;
    case TaskKind::Immediate:
        return Hue::Check;
    case TaskKind::Tick:
        return Hue::Tick;
    case TaskKind::Microtask:
    case TaskKind::PromiseReaction:
    case TaskKind::AwaitContinuation:
    case TaskKind::ThenableJob:
        return Hue::Microtask;
    case TaskKind::IoCallback:
    case TaskKind::PendingCallback:
        return Hue::Poll;
    case TaskKind::CloseCallback:
        return Hue::Closing;
    case TaskKind::Script:
    case TaskKind::ModuleEvaluation:
    case TaskKind::ProcessEvent:
        return Hue::Script;
    case TaskKind::Internal:
        break;
    }
    return Hue::Structure;
}

Hue hueOf(Phase phase)
{
    switch (phase) {
    case Phase::Timers:
        return Hue::Timers;
    case Phase::Poll:
        return Hue::Poll;
    case Phase::Check:
        return Hue::Check;
    case Phase::ClosingCallbacks:
        return Hue::Closing;
    case Phase::None:
    case Phase::PendingCallbacks:
    case Phase::IdlePrepare:
        break;
    }
    return Hue::Structure;
}

Hue hueOf(const Event &event)
{
    switch (event.kind) {
    case EventKind::TaskBegun:
    case EventKind::TaskCreated:
    case EventKind::TaskEnded:
    case EventKind::TaskRearmed:
        return hueOf(static_cast<TaskKind>(event.detail));
    case EventKind::TimerArmed:
        return Hue::Timers;
    case EventKind::ConsoleText:
    case EventKind::Statement:
    case EventKind::CallEntered:
    case EventKind::CallLeft:
        return Hue::Script;
    case EventKind::IoSubmitted:
    case EventKind::IoStarted:
    case EventKind::IoCompleted:
    case EventKind::HandleOpened:
    case EventKind::HandleClosed:
    case EventKind::HandleTold:
    case EventKind::HandleActive:
    case EventKind::MessagePosted:
    case EventKind::RequestSent:
    case EventKind::RequestDue:
    case EventKind::RequestStepped:
    case EventKind::RequestAnswered:
    case EventKind::RequestEnded:
        return Hue::Poll;
    default:
        break;
    }
    const bool isOfPromise = event.kind >= EventKind::PromiseCreated && event.kind <= EventKind::PromiseSettleIgnored;
    return isOfPromise ? Hue::Microtask : hueOf(event.phase());
}

QColor Palette::hue(Hue hue) const
{
    switch (hue) {
    case Hue::Timers:
        return rgb(0xe69f00);
    case Hue::Poll:
        return rgb(0x56b4e9);
    case Hue::Check:
        return rgb(0x009e73);
    case Hue::Closing:
        return rgb(0xb9a58c);
    case Hue::Tick:
        return rgb(0xd55e00);
    case Hue::Microtask:
        return rgb(0xcc79a7);
    case Hue::Script:
        return rgb(0x3d8fd1);
    case Hue::Structure:
        break;
    }
    return track;
}

QColor Palette::hueText(Hue hue) const
{
    if (hue == Hue::Structure)
        return dim;
    if (isDark) {
        if (hue == Hue::Tick)
            return rgb(0xf08337); // vermilion and green are too dark for small type on a dark ground
        if (hue == Hue::Check)
            return rgb(0x1fb98d);
        return this->hue(hue);
    }
    switch (hue) {
    case Hue::Timers:
        return rgb(0x8f6200);
    case Hue::Poll:
        return rgb(0x1b6fa3);
    case Hue::Check:
        return rgb(0x00704f);
    case Hue::Closing:
        return rgb(0x75613f);
    case Hue::Tick:
        return rgb(0xab4a00);
    case Hue::Microtask:
        return rgb(0x9b3f73);
    case Hue::Script:
        return rgb(0x1f63ab);
    case Hue::Structure:
        break;
    }
    return dim;
}

const Palette &Palette::dark()
{
    static const Palette palette = makeDark();
    return palette;
}

const Palette &Palette::light()
{
    static const Palette palette = makeLight();
    return palette;
}

} // namespace loopscope
