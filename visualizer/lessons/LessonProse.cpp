// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/LessonProse.h"

#include "lessons/TextLook.h"
#include "theme/Theme.h"

#include <QWheelEvent>

namespace loopscope {

LessonProse::LessonProse(QWidget *parent)
    : QTextBrowser(parent)
{
    setObjectName(QStringLiteral("lessonProse"));
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&Theme::current(), &Theme::changed, this, &LessonProse::fill);
    hide();
}

void LessonProse::setLesson(const QString &markdown)
{
    m_markdown = markdown;
    m_make = {};
    fill();
    setVisible(!markdown.isEmpty());
}

void LessonProse::setHtmlMaker(const std::function<QString()> &make)
{
    m_markdown.clear();
    m_make = make;
    fill();
    setVisible(!document()->isEmpty());
}

void LessonProse::fill()
{
    const TextLook look = TextLook::ofTheme();
    document()->setDocumentMargin(0);
    if (m_make) {
        document()->setDefaultFont(look.words);
        setHtml(m_make());
    } else {
        setLessonMarkdown(*document(), m_markdown, look);
    }
    fitHeight();
}

void LessonProse::fitHeight()
{
    document()->setTextWidth(viewport()->width());
    const int height = qCeil(document()->size().height()) + 2;
    if (height != minimumHeight() || height != maximumHeight())
        setFixedHeight(height);
}

QSize LessonProse::sizeHint() const { return {320, minimumHeight()}; }

void LessonProse::resizeEvent(QResizeEvent *event)
{
    QTextBrowser::resizeEvent(event);
    fitHeight();
}

void LessonProse::wheelEvent(QWheelEvent *event) { event->ignore(); }

} // namespace loopscope
