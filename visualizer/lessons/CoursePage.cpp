// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/CoursePage.h"

#include "lessons/CourseList.h"
#include "lessons/LessonProse.h"
#include "lessons/OpenCourse.h"
#include "lessons/TextLook.h"
#include "shell/TextButton.h"
#include "theme/Theme.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace loopscope {

namespace {

constexpr int kColumn = 860; ///< px at 100 %: lines that can be read

} // namespace

CoursePage::CoursePage(OpenCourse &course, QWidget *parent)
    : QWidget(parent)
    , m_course(course)
    , m_scroll(new QScrollArea(this))
    , m_column(new QWidget)
    , m_title(new QLabel(m_column))
    , m_summary(new QLabel(m_column))
    , m_goOn(makeTextButton({}, tr("Go on with the course"), m_column, "main"))
    , m_retry(makeTextButton({}, tr("Take predictions again"), m_column))
    , m_open(makeTextButton(tr("Open lessons…"), tr("Open another folder with lessons, or a bundle"), m_column, "plain"))
    , m_list(new CourseList(m_column))
    , m_problems(new LessonProse(m_column))
{
    setObjectName(QStringLiteral("coursePage"));
    m_title->setObjectName(QStringLiteral("courseTitle"));
    m_title->setWordWrap(true);
    m_summary->setObjectName(QStringLiteral("labFact"));
    m_problems->setAccessibleName(tr("What is wrong with these lessons"));
    auto *buttons = new QHBoxLayout;
    for (QToolButton *each : {m_goOn, m_retry, m_open})
        buttons->addWidget(each);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(m_column);
    column->addWidget(m_title);
    column->addWidget(m_summary);
    column->addLayout(buttons);
    column->addWidget(m_problems);
    column->addWidget(m_list);
    column->addStretch(1);
    auto *around = new QWidget;
    auto *row = new QHBoxLayout(around);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch(1);
    row->addWidget(m_column, 1000);
    row->addStretch(1);
    m_scroll->setWidget(around);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_scroll);
    connect(m_list, &CourseList::lessonChosen, this, &CoursePage::lessonChosen);
    connect(m_list, &CourseList::currentMoved, this,
        [this](const QRect &rect) { m_scroll->ensureVisible(0, m_list->mapTo(m_scroll->widget(), rect.center()).y(), 0, rect.height()); });
    connect(m_goOn, &QToolButton::clicked, this, &CoursePage::goOnChosen);
    connect(m_retry, &QToolButton::clicked, this, &CoursePage::retriesChosen);
    connect(m_open, &QToolButton::clicked, this, &CoursePage::openChosen);
    connect(&m_course, &OpenCourse::changed, this, &CoursePage::fill);
    connect(&m_course, &OpenCourse::progressed, this, &CoursePage::fill);
    connect(&Theme::current(), &Theme::changed, this, &CoursePage::applyTheme);
    applyTheme();
    fill();
}

void CoursePage::applyTheme()
{
    const Theme &theme = Theme::current();
    m_summary->setFont(theme.font(Theme::TextRole::Words));
    const int side = qRound(theme.scaled(24));
    m_column->layout()->setContentsMargins(side, side, side, side);
    m_column->layout()->setSpacing(qRound(theme.scaled(10)));
    m_column->setMaximumWidth(qRound(theme.scaled(kColumn)));
}

void CoursePage::fill()
{
    const bool isOpen = m_course.isOpen();
    m_title->setText(isOpen ? m_course.course().title : tr("No lessons are open"));
    m_summary->setText(
        isOpen ? CourseRows::summary(m_course) : tr("Open a folder with lessons (Lessons menu), or drop one, or a bundle, on the window."));
    m_list->setRows(CourseRows::of(m_course));
    const Lesson *next = isOpen ? m_course.lessonToGoOn() : nullptr;
    m_goOn->setVisible(next != nullptr);
    if (next != nullptr) {
        const bool isBegun = m_course.standOf(*next) == OpenCourse::Stand::Begun;
        m_goOn->setText(isBegun ? tr("Go on: %1").arg(next->title) : tr("Begin: %1").arg(next->title));
        m_goOn->setToolTip(next->goal);
        m_goOn->setAccessibleName(m_goOn->text());
    }
    const qsizetype retries = isOpen ? m_course.progress().retries(m_course.progressName()).size() : 0;
    m_retry->setVisible(retries > 0);
    m_retry->setText(retries == 1 ? tr("Take 1 prediction again") : tr("Take %L1 predictions again").arg(retries));
    m_retry->setToolTip(tr("Questions that were answered wrong the last time"));
    m_retry->setAccessibleName(m_retry->text());
    fillProblems();
}

void CoursePage::fillProblems()
{
    if (m_course.course().problems.isEmpty()) {
        m_problems->setLesson({});
        return;
    }
    m_problems->setHtmlMaker([this] {
        const TextLook look = TextLook::ofTheme();
        const QList<LessonProblem> &problems = m_course.course().problems;
        QString html =
            QStringLiteral("<p><b>%1</b></p>")
                .arg(problems.size() == 1 ? tr("✗ One thing is wrong with these lessons; the others can be taken.")
                                          : tr("✗ %L1 things are wrong with these lessons; the others can be taken.").arg(problems.size()));
        const QDir folder(m_course.folder());
        for (const LessonProblem &problem : problems) {
            const QString file = folder.relativeFilePath(problem.file);
            html += QStringLiteral("<p><span style=\"font-family:'%1'; font-size:%2px; color:%3\">%4</span><br>%5</p>")
                        .arg(look.code.families().join(QStringLiteral("','")))
                        .arg(look.code.pixelSize())
                        .arg(look.colours.dim.name(),
                            (problem.line > 0 ? QStringLiteral("%1:%2").arg(file).arg(problem.line) : file).toHtmlEscaped(),
                            lineToHtml(problem.sentence, look));
        }
        return html;
    });
}

QString CoursePage::problemText() const { return m_problems->isHidden() ? QString() : m_problems->toPlainText(); }

void CoursePage::focusList()
{
    if (m_list->itemCount() > 0)
        m_list->setFocus();
    else
        m_open->setFocus();
}

} // namespace loopscope
