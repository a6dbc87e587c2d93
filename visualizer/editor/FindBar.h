// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/AskStrip.h"

class QLabel;
class QLineEdit;
class QToolButton;

namespace loopscope {

class SourceEditor;

/// A strip above the editor that finds text in it: all places are marked as one types, Enter and Shift+Enter go through them, Escape gives
/// the keyboard back to the text.
class FindBar : public AskStrip
{
    Q_OBJECT
public:
    explicit FindBar(QWidget *parent = nullptr);

    /// The editor to find in; what was marked in the one before is not marked any more.
    void setEditor(SourceEditor *editor);
    /// Shows it, with the selected text if there is any, and gives it the keyboard.
    void ask();
    void findNext() { find(true); }
    void findPrevious() { find(false); }
    void dismiss() override;

    QLineEdit *text() const { return m_text; }
    /// "2 of 5", "not found"; empty while there is nothing to find.
    QString found() const;

private:
    void take(bool isBack) override { find(!isBack); }
    void find(bool forward);
    void textEdited();
    void sayFound();

    SourceEditor *m_editor = nullptr;
    QLineEdit *m_text;
    QToolButton *m_case = nullptr;
    QLabel *m_found;
};

} // namespace loopscope
