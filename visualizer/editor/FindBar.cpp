// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/FindBar.h"

#include "editor/SourceEditor.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace loopscope {

FindBar::FindBar(QWidget *parent)
    : AskStrip(parent)
    , m_text(new QLineEdit(this))
    , m_found(new QLabel(this))
{
    m_text->setPlaceholderText(tr("Find in this file"));
    m_text->setAccessibleName(tr("Find in this file"));
    m_text->setClearButtonEnabled(true);
    m_found->setAccessibleName(tr("Places found"));
    row()->addWidget(m_text, 1);
    row()->addWidget(m_found);
    m_case = addButton(QStringLiteral("Aa"), tr("Tell capitals from small letters"));
    m_case->setCheckable(true);
    connect(addButton(QStringLiteral("▲"), tr("Previous place (Ctrl+Shift+G)")), &QToolButton::clicked, this, &FindBar::findPrevious);
    connect(addButton(QStringLiteral("▼"), tr("Next place (Ctrl+G)")), &QToolButton::clicked, this, &FindBar::findNext);
    addCross();
    connect(m_text, &QLineEdit::textChanged, this, &FindBar::textEdited);
    connect(m_case, &QToolButton::toggled, this, &FindBar::textEdited);
}

void FindBar::setEditor(SourceEditor *editor)
{
    if (m_editor == editor)
        return;
    if (m_editor != nullptr)
        m_editor->markFound({}, false);
    m_editor = editor;
    if (isVisible())
        textEdited();
}

void FindBar::ask()
{
    show();
    if (m_editor != nullptr && m_editor->hasSelectedText() && !m_editor->selectedText().contains(QLatin1Char('\n')))
        m_text->setText(m_editor->selectedText());
    textEdited();
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void FindBar::textEdited()
{
    if (m_editor == nullptr)
        return;
    m_editor->markFound(m_text->text(), m_case->isChecked());
    // What is found first shows at once, from where the text cursor is.
    if (!m_text->text().isEmpty())
        m_editor->selectFound(SourceEditor::Toward::Here);
    sayFound();
}

void FindBar::find(bool forward)
{
    if (m_editor == nullptr)
        return;
    if (isHidden() || m_text->text().isEmpty()) {
        ask();
        return;
    }
    m_editor->markFound(m_text->text(), m_case->isChecked()); // the text may have changed since
    m_editor->selectFound(forward ? SourceEditor::Toward::Next : SourceEditor::Toward::Previous);
    sayFound();
}

void FindBar::sayFound()
{
    const int count = m_editor->foundCount();
    QString text;
    if (!m_text->text().isEmpty())
        text = count == 0 ? tr("not found") : tr("%L1 of %L2").arg(m_editor->foundPlace()).arg(count);
    m_found->setText(text);
}

QString FindBar::found() const { return m_found->text(); }

void FindBar::dismiss()
{
    AskStrip::dismiss();
    if (m_editor == nullptr)
        return;
    m_editor->markFound({}, false);
    m_editor->setFocus();
}

} // namespace loopscope
