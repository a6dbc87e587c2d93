// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a new person meets first: the tour, the examples and the templates.
#include "MainWindow.h"

#include "PresenterMode.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "TopBar.h"
#include "Tour.h"
#include "WorkspaceDocks.h"
#include "console/ConsoleView.h"
#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "why/WhyPanel.h"

#include <QAction>
#include <QDir>
#include <QDockWidget>
#include <QMenu>
#include <QRegularExpression>
#include <QSettings>

namespace loopscope {

namespace {

const QLatin1String kTourSeen("tour/seen");
const QLatin1String kTourScript(":/examples/00-tour.js");

/// "3-async-await.js": the number is the order, the first comment line the title.
QString titleOf(const QFileInfo &file)
{
    static const QRegularExpression order(QStringLiteral("^\\d+-"));
    QFile script(file.filePath());
    if (script.open(QIODevice::ReadOnly)) {
        const QString first = QString::fromUtf8(script.readLine()).trimmed();
        if (first.startsWith(QLatin1String("// ")))
            return first.mid(3);
    }
    return file.completeBaseName().remove(order);
}

} // namespace

void MainWindow::connectWelcome()
{
    const auto fill = [this](QMenu &menu, const QString &folder, void (MainWindow::*open)(const QString &)) {
        for (const QFileInfo &file : QDir(folder).entryInfoList(QDir::Files, QDir::Name)) {
            QAction *action = menu.addAction(titleOf(file).replace(QLatin1Char('&'), QLatin1String("&&")));
            connect(action, &QAction::triggered, this,
                [this, open, path = file.filePath()] { whenLeft([this, open, path] { (this->*open)(path); }); });
        }
    };
    fill(*m_actions.examples, QStringLiteral(":/examples"), &MainWindow::openExample);
    fill(*m_actions.templates, QStringLiteral(":/templates"), &MainWindow::newFromTemplate);
    connect(m_actions.tour, &QAction::triggered, this, [this] { whenLeft([this] { startTour(); }); });
    connect(m_stepper, &Stepper::moved, m_tour, &Tour::look);
    connect(m_tour, &Tour::stopShown, this, [this] { m_tourCursor = m_stepper->cursor(); });
}

void MainWindow::openExample(const QString &path)
{
    m_banner->dismiss();
    m_session->clear();
    m_workspace->setEdited(false);
    m_document->openExample(path);
    m_editor->setFocus();
}

void MainWindow::newFromTemplate(const QString &path)
{
    openExample(path);
    m_document->becomeNew(
        QFileInfo(path).suffix() == QLatin1String("mjs") ? QStringLiteral("untitled.mjs") : QStringLiteral("untitled.js"));
}

void MainWindow::welcome(const QString &file)
{
    if (QSettings().value(kTourSeen).toBool())
        return;
    QSettings().setValue(kTourSeen, true);
    if (file.isEmpty())
        startTour();
    else if (!m_banner->isVisibleTo(this)) // who comes with a script of their own is not led away from it
        m_banner->say(Banner::Severity::Note, tr("New here? A tour of a minute or two shows how to step through a script and ask why."),
            {{tr("Show me"), [this] { m_actions.tour->trigger(); }}});
}

void MainWindow::startTour()
{
    m_presenter->setOn(false);
    openExample(kTourScript);
    QWidget *loop = m_workspace->loopPane();
    QWidget *timeline = m_docks->dock(WorkspaceDocks::Role::Timeline)->widget();
    const auto isOn = [this] { return m_stepper->cursor() > m_tourCursor; };
    const auto isBack = [this] { return m_stepper->cursor() < m_tourCursor; };
    m_tour->start({
        {m_source, tr("This is a real script"),
            tr("It is run as Node.js 20 would run it, not drawn by hand. Type here, or open one of your own later. Nothing has run yet."),
            {}},
        {loop, tr("This is the event loop"),
            tr("Six phases, visited clockwise. In the middle the one thread that runs JavaScript, with its call stack and the two queues "
               "that "
               "are emptied between any two callbacks.<br><br>Press <b>F10</b>: the script starts and stops at its first event."),
            isOn},
        {m_source, tr("Yellow is now"),
            tr("<b>F10</b> goes on by one event, <b>F12</b> to where the next statement is about to run. Press <b>F12</b>: that line turns "
               "yellow."),
            isOn},
        {loop, tr("Chips wait"),
            tr("Press <b>F12</b> a few times, or <b>F11</b> to reach the next callback. What a line asks for appears as a chip where it "
               "waits: "
               "a timer, a file, a promise. Only what the last step changed is framed in yellow."),
            [this] { return m_stepper->cursor() > m_tourCursor + 12; }},
        {m_workspace->whyPanel(), tr("Ask why"),
            tr("What just happened, the rule that made it so, who asked for it, and what comes next. Click a chip to ask about that one; "
               "blue places lead to their line."),
            {}},
        {timeline, tr("Time goes both ways"),
            tr("All that was recorded. Click anywhere in it, or step back: <b>Shift</b> turns every step key round. Press "
               "<b>Shift+F10</b>."),
            isBack},
        {m_bar, tr("The rest is yours"),
            tr("<b>F5</b> runs to the end or to the next breakpoint (<b>F9</b>). <b>F1</b> shows every key. Examples and templates are in "
               "the "
               "File menu, this tour is in Help."),
            {}},
    });
}

} // namespace loopscope
