// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/SourceCostModel.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QTableView;

namespace loopscope {

/// The source files of a run with what each line cost: a list of files, the longest first, and the chosen one's lines. Enter or a double
/// click goes to the line. GUI thread only.
class SourceCostPage : public QWidget
{
    Q_OBJECT
public:
    explicit SourceCostPage(QWidget *parent = nullptr);

    void clear();
    /// The file that is shown stays, if it is still there.
    void setCosts(std::vector<SourceCost> costs);
    QComboBox &files() const { return *m_files; }
    QTableView &lines() const { return *m_lines; }

Q_SIGNALS:
    /// From 1.
    void lineActivated(const QString &path, int line);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showFile(int index);
    void activate(const QModelIndex &index);
    void applyTheme();

    QComboBox *m_files;
    QLabel *m_facts;
    QTableView *m_lines;
    SourceCostModel *m_model;
    std::vector<SourceCost> m_costs;
    QString m_shown; ///< path
};

} // namespace loopscope
