// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WalkExport.h"

#include "ViewExport.h"
#include "WebpAnimation.h"
#include "loopview/LoopView.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "state/StateTimeline.h"

#include <QDir>
#include <QImage>
#include <QSaveFile>
#include <QScopeGuard>
#include <QWidget>

#include <algorithm>

namespace loopscope {

namespace {

constexpr qreal kSlidePixels = 2; ///< numbered pictures are for slides: twice as sharp

constexpr std::pair<const char *, Landmark> kSteps[] = {{"callback", Landmark::TaskBegun}, {"event", Landmark::Event},
    {"phase", Landmark::PhaseEntered}, {"iteration", Landmark::IterationStarted}, {"line", Landmark::ConsoleText}};

} // namespace

std::vector<quint64> Walk::stops(const StateTimeline &timeline) const
{
    const quint64 last = std::min(to, timeline.eventCount());
    std::vector<quint64> found;
    quint64 cursor = std::min(from, last);
    found.push_back(cursor);
    while (cursor < last && found.size() <= WalkExport::picturesAtMost) {
        const auto next = step == Landmark::Event ? std::optional(cursor + 1) : timeline.index().next(cursor, step);
        cursor = std::min(next.value_or(last), last);
        found.push_back(cursor);
    }
    return found;
}

std::optional<Landmark> WalkExport::stepNamed(const QString &name)
{
    for (const auto &[known, landmark] : kSteps) {
        if (name == QLatin1String(known))
            return landmark;
    }
    return {};
}

QStringList WalkExport::stepNames()
{
    QStringList names;
    for (const auto &[known, landmark] : kSteps)
        names << QString::fromLatin1(known);
    return names;
}

void WalkExport::show(quint64 stop, Landmark step)
{
    // Arriving by a step points out what it changed.
    if (stop > m_stepper.cursor())
        m_stepper.forward(step);
    if (m_stepper.cursor() != stop)
        m_stepper.setCursor(stop);
    QCoreApplication::sendPostedEvents(&m_view, QEvent::LayoutRequest);
}

QString WalkExport::write(const Walk &walk, const QString &target, const Progress &progress)
{
    if (m_session.timeline() == nullptr)
        return tr("There is no recording to walk through. Run the script first (F5).");
    const std::vector<quint64> stops = walk.stops(*m_session.timeline());
    if (stops.size() > picturesAtMost)
        return tr("That would be more than %L1 pictures. Choose longer steps, or events that lie closer together.").arg(picturesAtMost);
    const quint64 before = m_stepper.cursor();
    // Pictures show where things arrive.
    auto *loop = m_view.findChild<LoopView *>();
    const LoopView::Motion motion = loop != nullptr ? loop->motion() : LoopView::Motion::Off;
    if (loop != nullptr)
        loop->setMotion(LoopView::Motion::Off);
    const auto guard = qScopeGuard([this, before, loop, motion] {
        if (loop != nullptr)
            loop->setMotion(motion);
        m_stepper.setCursor(before);
    });
    m_stepper.setCursor(stops.front());
    return target.endsWith(QLatin1String(".webp"), Qt::CaseInsensitive) ? writeAnimation(stops, walk, target, progress)
                                                                        : writePictures(stops, walk, target, progress);
}

QString WalkExport::writeAnimation(const std::vector<quint64> &stops, const Walk &walk, const QString &path, const Progress &progress)
{
    QSaveFile file(path);
    const QString refusal = tr("%1 cannot be written. Choose another place.").arg(QDir::toNativeSeparators(path));
    if (!file.open(QIODevice::WriteOnly))
        return refusal;
    WebpAnimation animation(m_view.size());
    for (std::size_t i = 0; i < stops.size(); ++i) {
        if (progress && !progress(i, stops.size()))
            return tr("Stopped; nothing was written.");
        show(stops.at(i), walk.step);
        // The end stays twice as long, so that the beginning is seen to begin.
        const int time = i + 1 < stops.size() ? walk.pictureTime : walk.pictureTime * 2;
        if (!animation.add(ViewExport::picture(m_view, 1), time))
            return tr("The animation cannot be made: the window is too large, or memory ran out.");
    }
    const QByteArray bytes = animation.finish();
    return !bytes.isEmpty() && file.write(bytes) == bytes.size() && file.commit() ? QString() : refusal;
}

QString WalkExport::writePictures(const std::vector<quint64> &stops, const Walk &walk, const QString &folder, const Progress &progress)
{
    const QDir place(folder);
    if (!place.mkpath(QStringLiteral(".")))
        return tr("The folder %1 cannot be made. Choose another place.").arg(QDir::toNativeSeparators(folder));
    const auto digits = std::max<qsizetype>(3, QString::number(stops.size()).size());
    for (std::size_t i = 0; i < stops.size(); ++i) {
        if (progress && !progress(i, stops.size()))
            return tr("Stopped after %L1 pictures.").arg(i);
        show(stops.at(i), walk.step);
        const QString name = QString::number(i + 1).rightJustified(digits, QLatin1Char('0')) + QLatin1String(".png");
        const QString problem = ViewExport::write(m_view, place.filePath(name), kSlidePixels);
        if (!problem.isEmpty())
            return problem;
    }
    return {};
}

} // namespace loopscope
