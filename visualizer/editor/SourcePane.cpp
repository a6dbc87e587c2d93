// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/SourcePane.h"

#include "editor/ConditionBar.h"
#include "editor/FindBar.h"
#include "editor/SourceEditor.h"
#include "recording/RecordingReader.h"
#include "session/SourcePath.h"

#include <QSignalBlocker>
#include <QStackedLayout>
#include <QTabBar>
#include <QUrl>
#include <QVBoxLayout>

namespace loopscope {

namespace {

const SourceText *findSource(const RecordingReader *reader, const QString &path)
{
    if (reader == nullptr)
        return nullptr;
    for (const auto &source : reader->sources()) {
        if (isSameSource(source->path, path))
            return source.get();
    }
    return nullptr;
}

} // namespace

SourcePane::SourcePane(QWidget *parent)
    : QWidget(parent)
    , m_tabs(new QTabBar(this))
    , m_find(new FindBar(this))
    , m_condition(new ConditionBar(this))
    , m_stack(new QStackedLayout)
    , m_script(new SourceEditor)
    , m_other(new SourceEditor)
{
    m_tabs->setObjectName(QStringLiteral("sourceTabs"));
    m_tabs->setAccessibleName(tr("Files"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setElideMode(Qt::ElideMiddle);
    m_tabs->addTab(tr("Script"));
    m_tabs->hide();
    m_other->setObjectName(QStringLiteral("otherSource"));
    m_other->setAccessibleName(tr("Other file, read-only"));
    m_other->setReadOnly(true);
    m_stack->addWidget(m_script);
    m_stack->addWidget(m_other);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tabs);
    layout->addWidget(m_find);
    layout->addWidget(m_condition);
    layout->addLayout(m_stack, 1);
    setFocusProxy(m_script);
    m_find->setEditor(m_script);

    for (const SourceEditor *editor : {m_script, m_other}) {
        connect(editor, &SourceEditor::conditionAsked, this, &SourcePane::askCondition);
        // Scintilla takes what is dropped on it, and leaves files to others.
        connect(editor, &QsciScintillaBase::SCN_URIDROPPED, this, [this](const QUrl &url) {
            // It tells of them one by one.
            if (m_dropped.isEmpty())
                QMetaObject::invokeMethod(
                    this, [this] { Q_EMIT filesDropped(std::exchange(m_dropped, {})); }, Qt::QueuedConnection);
            m_dropped.append(url);
        });
    }
    connect(
        m_condition, &ConditionBar::chosen, this, [this](int line, const QString &condition) { shown().setCondition(line, condition); });
    connect(m_condition, &ConditionBar::closed, this, [this] { shown().setFocus(); });
    connect(m_tabs, &QTabBar::currentChanged, this, &SourcePane::tabChosen);
    connect(m_script, &SourceEditor::breakpointsChanged, this, &SourcePane::breakpointsChanged);
    connect(m_other, &SourceEditor::breakpointsChanged, this, [this] {
        if (m_otherPath.isEmpty())
            return;
        m_otherBreakpoints[m_otherPath] = m_other->breakpoints();
        Q_EMIT breakpointsChanged();
    });
}

void SourcePane::setScript(const QString &path, const QString &name)
{
    const bool wasShown = showsScript();
    m_scriptPath = path;
    m_scriptName = name;
    m_tabs->setTabText(0, name);
    m_tabs->setTabData(0, path);
    m_tabs->setTabToolTip(0, path);
    if (wasShown)
        m_shownPath = path;
    else
        showScript();
}

void SourcePane::setReader(const RecordingReader *reader)
{
    m_reader = reader;
    showScript();
    while (m_tabs->count() > 1)
        m_tabs->removeTab(m_tabs->count() - 1);
    m_tabs->hide();
    m_otherPath.clear();
}

QStringList SourcePane::files() const
{
    QStringList paths{m_scriptPath};
    if (m_reader == nullptr)
        return paths;
    for (const auto &source : m_reader->sources()) {
        if (!isSameSource(source->path, m_scriptPath))
            paths.append(localPath(source->path));
    }
    return paths;
}

QString SourcePane::tabText(const QString &path) const
{
    const QString name = path.section(QLatin1Char('/'), -1);
    // Every package has an index.js: its folder tells them apart.
    for (int i = 0; i < m_tabs->count(); ++i) {
        const QString other = m_tabs->tabData(i).toString();
        if (other != path && other.section(QLatin1Char('/'), -1) == name)
            return path.section(QLatin1Char('/'), -2);
    }
    return name;
}

void SourcePane::addTab(const QString &path)
{
    const QSignalBlocker blocker(m_tabs);
    const int index = m_tabs->addTab(tabText(path));
    m_tabs->setTabData(index, path);
    m_tabs->setTabToolTip(index, tr("%1\nread-only, as it was recorded").arg(path));
    m_tabs->show();
}

void SourcePane::load(const QString &path)
{
    if (m_otherPath == path)
        return;
    const SourceText *source = findSource(m_reader, path);
    m_otherPath.clear(); // what the editor says while its text is exchanged is nobody's
    m_other->setReadOnly(false);
    m_other->setBreakpoints({});
    m_other->setCurrentLine(0);
    m_other->setNextLine(0);
    m_other->setLineTimes({}, 0);
    m_other->setErrorLine(0, {});
    m_other->setLineNotes({});
    m_other->setLineChanges({});
    m_other->setText(source != nullptr ? QString::fromUtf8(source->text) : QString());
    m_other->setModified(false);
    m_other->setReadOnly(true);
    m_other->setBreakpoints(m_otherBreakpoints.value(path));
    m_otherPath = path;
}

bool SourcePane::showFile(const QString &path)
{
    const QString local = localPath(path);
    if (isSameSource(local, m_scriptPath)) {
        showScript();
        return true;
    }
    if (findSource(m_reader, local) == nullptr)
        return false;
    if (m_shownPath == local)
        return true;
    int index = 1;
    while (index < m_tabs->count() && m_tabs->tabData(index).toString() != local)
        ++index;
    if (index == m_tabs->count())
        addTab(local);
    m_tabs->setCurrentIndex(index);
    return true;
}

void SourcePane::showScript() { m_tabs->setCurrentIndex(0); }

void SourcePane::tabChosen(int index)
{
    const bool hadFocus = m_script->hasFocus() || m_other->hasFocus();
    m_shownPath = m_tabs->tabData(index).toString();
    if (index > 0)
        load(m_shownPath);
    m_stack->setCurrentIndex(index > 0 ? 1 : 0);
    setFocusProxy(&shown());
    m_find->setEditor(&shown());
    m_condition->hide(); // it was about a line of the other file
    if (hadFocus)
        shown().setFocus();
    Q_EMIT shownChanged();
}

void SourcePane::askCondition(int line) { m_condition->ask(line, shown().condition(line)); }

SourceEditor &SourcePane::shown() const { return m_tabs->currentIndex() > 0 ? *m_other : *m_script; }

FileBreakpoints SourcePane::breakpoints() const
{
    FileBreakpoints all = m_otherBreakpoints;
    all.insert(m_scriptPath, m_script->breakpoints());
    all.removeIf([](const auto &file) { return file.value().isEmpty(); });
    return all;
}

void SourcePane::yieldKeys(const QList<QKeySequence> &keys)
{
    m_script->yieldKeys(keys);
    m_other->yieldKeys(keys);
}

void SourcePane::clearBreakpoints()
{
    m_otherBreakpoints.clear();
    m_other->setBreakpoints({});
    m_script->setBreakpoints({});
}

} // namespace loopscope
