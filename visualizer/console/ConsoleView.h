// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace loopscope {

/// The console: each line with the place and time it was printed at. Click or Enter goes to that moment.
class ConsoleView : public QListView
{
    Q_OBJECT
public:
    explicit ConsoleView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    /// Shown while there are no lines.
    void setEmptyHint(const QString &hint);

Q_SIGNALS:
    /// The event that printed the chosen line.
    void eventChosen(quint64 event);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void choose(const QModelIndex &index);

    QString m_emptyHint;
};

} // namespace loopscope
