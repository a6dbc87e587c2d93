// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>

#include <functional>

namespace loopscope {

/// A text of a lesson, as high as it needs to be for its width: the page around it scrolls. Follows theme and text size. Reached by Tab
/// where it has links; links are told, never followed by itself.
class LessonProse : public QTextBrowser
{
    Q_OBJECT
public:
    explicit LessonProse(QWidget *parent = nullptr);

    /// Markdown, see setLessonMarkdown(). Empty: nothing is shown.
    void setLesson(const QString &markdown);
    QString lesson() const { return m_markdown; }
    /// Rich text, made anew by `make` whenever the theme or the text size changes.
    void setHtmlMaker(const std::function<QString()> &make);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {80, 10}; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    /// The page around it scrolls.
    void wheelEvent(QWheelEvent *event) override;

private:
    void fill();
    void fitHeight();

    QString m_markdown;
    std::function<QString()> m_make;
};

} // namespace loopscope
